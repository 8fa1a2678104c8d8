import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { shellRoute } from '../../app/shellRoute';

const accountRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/account/$section',
  component: lazyRouteComponent(() => import('./AccountPage'), 'AccountPage'),
});

const bareRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/account',
  beforeLoad: () => {
    throw redirect({ to: '/account/$section', params: { section: 'profile' } });
  },
});

export const accountSettingsRoutes = [accountRoute, bareRoute] as const;
