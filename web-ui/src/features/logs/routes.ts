import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../app/shellRoute';
import { logsQuery, validateLogsSearch } from './queries';

const logsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/logs',
  validateSearch: validateLogsSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.prefetchInfiniteQuery(logsQuery(deps)),
  component: lazyRouteComponent(() => import('./LogsPage'), 'LogsPage'),
});

export const logRoutes = [logsRoute] as const;
