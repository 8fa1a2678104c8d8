import { createRoute, lazyRouteComponent, notFound } from '@tanstack/react-router';
import { shellRoute } from '../../app/shellRoute';
import {
  dashboardQuery,
  dashboardsQuery,
  validateDashboardSearch,
  validateDashboardsSearch,
} from './queries';

const listRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/dashboards',
  validateSearch: validateDashboardsSearch,
  loaderDeps: ({ search: { query } }) => ({ query }),
  loader: ({ context, deps }) => context.queries.prefetchInfiniteQuery(dashboardsQuery(deps.query)),
  component: lazyRouteComponent(() => import('./DashboardsPage'), 'DashboardsPage'),
});

const dashboardRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/dashboards/$id',
  params: {
    parse: ({ id }) => {
      if (!/^\d{1,15}$/.test(id)) throw notFound();
      return { id: Number(id) };
    },
    stringify: ({ id }) => ({ id: String(id) }),
  },
  validateSearch: validateDashboardSearch,
  loader: ({ context: { queries }, params: { id } }) => queries.prefetchQuery(dashboardQuery(id)),
  component: lazyRouteComponent(() => import('./SavedDashboardPage'), 'SavedDashboardPage'),
});

export const savedDashboardRoutes = [listRoute, dashboardRoute] as const;
