import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { present, text } from '../../app/search';
import { shellRoute } from '../../app/shellRoute';

const adminRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/admin/$section',
  validateSearch: (raw: Record<string, unknown>): { action?: string | undefined } =>
    present({ action: text(raw['action']) }),
  component: lazyRouteComponent(() => import('./AdminPage'), 'AdminPage'),
});

const bareRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/admin',
  beforeLoad: () => {
    throw redirect({ to: '/admin/$section', params: { section: 'users' } });
  },
});

export const adminRoutes = [adminRoute, bareRoute] as const;
