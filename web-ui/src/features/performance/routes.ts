import { createRoute, lazyRouteComponent, notFound } from '@tanstack/react-router';
import { traceQuery } from '../../app/queries';
import { shellRoute } from '../../app/shellRoute';
import {
  endpointQuery,
  endpointsQuery,
  statementsQuery,
  validateEndpointSearch,
  validateEndpointsSearch,
} from './queries';

const endpointsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/performance',
  validateSearch: validateEndpointsSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.prefetchInfiniteQuery(endpointsQuery(deps)),
  component: lazyRouteComponent(() => import('./PerformancePage'), 'PerformancePage'),
});

const endpointRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/performance/endpoint',
  validateSearch: validateEndpointSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    if (!deps.of || !deps.name) throw notFound();
    return context.queries.prefetchQuery(endpointQuery(deps));
  },
  component: lazyRouteComponent(() => import('./EndpointPage'), 'EndpointPage'),
});

const statementsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/performance/queries',
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.prefetchQuery(statementsQuery(deps)),
  component: lazyRouteComponent(() => import('./StatementsPage'), 'StatementsPage'),
});

const traceRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/traces/$id',
  params: {
    parse: ({ id }) => {
      const plain = id.replaceAll('-', '').toLowerCase();
      if (!/^[0-9a-f]{32}$/.test(plain)) throw notFound();
      return { id: plain };
    },
    stringify: ({ id }) => ({ id }),
  },
  loader: ({ context: { queries }, params: { id } }) => queries.prefetchQuery(traceQuery(id)),
  component: lazyRouteComponent(() => import('./TracePage'), 'TracePage'),
});

export const performanceRoutes = [endpointsRoute, endpointRoute, statementsRoute, traceRoute] as const;
