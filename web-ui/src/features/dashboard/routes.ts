import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { present } from '../../app/search';
import { shellRoute } from '../../app/shellRoute';
import { errorsQuery, figuresQuery, validateDashboardSearch } from './queries';

const dashboardRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/dashboard',
  validateSearch: validateDashboardSearch,
  loaderDeps: ({ search: { project, environment, range, start, end } }) =>
    present({ project, environment, range, start, end }),
  loader: async ({ context: { queries }, deps }) => {
    await Promise.all([queries.prefetchQuery(figuresQuery(deps)), queries.prefetchQuery(errorsQuery(deps))]);
  },
  component: lazyRouteComponent(() => import('./DashboardPage'), 'DashboardPage'),
});

export const dashboardRoutes = [dashboardRoute] as const;
