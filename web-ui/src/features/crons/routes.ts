import { createRoute, lazyRouteComponent, notFound } from '@tanstack/react-router';
import { shellRoute } from '../../app/shellRoute';
import { monitorQuery, monitorsQuery, validateCronsSearch, validateMonitorSearch } from './queries';

const monitorsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/crons',
  validateSearch: validateCronsSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.prefetchInfiniteQuery(monitorsQuery(deps)),
  component: lazyRouteComponent(() => import('./CronsPage'), 'CronsPage'),
});

const monitorRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/crons/$id',
  validateSearch: validateMonitorSearch,
  params: {
    parse: ({ id }) => {
      if (!/^\d{1,15}$/.test(id)) throw notFound();
      return { id: Number(id) };
    },
    stringify: ({ id }) => ({ id: String(id) }),
  },
  loader: ({ context: { queries }, params: { id } }) => queries.prefetchQuery(monitorQuery(id)),
  component: lazyRouteComponent(() => import('./MonitorPage'), 'MonitorPage'),
});

export const cronRoutes = [monitorsRoute, monitorRoute] as const;
