import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../app/shellRoute';
import { errorsQuery, figuresQuery, validateDashboardSearch } from './queries';

const dashboardRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/dashboard',
  validateSearch: validateDashboardSearch,
  loaderDeps: ({ search: { live: _, tv: __, ...scope } }) => scope,
  loader: async ({ context: { queries }, deps }) => {
    await Promise.all([queries.prefetchQuery(figuresQuery(deps)), queries.prefetchQuery(errorsQuery(deps))]);
  },
  component: lazyRouteComponent(() => import('./DashboardPage'), 'DashboardPage'),
});

export const dashboardRoutes = [dashboardRoute] as const;
