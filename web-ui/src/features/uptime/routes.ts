import { createRoute, lazyRouteComponent, notFound } from '@tanstack/react-router';
import { shellRoute } from '../../app/shellRoute';
import { checkQuery, checksQuery } from './queries';

const checksRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/uptime',
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.prefetchQuery(checksQuery(deps)),
  component: lazyRouteComponent(() => import('./UptimePage'), 'UptimePage'),
});

const checkRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/uptime/$id',
  params: {
    parse: ({ id }) => {
      if (!/^\d{1,15}$/.test(id)) throw notFound();
      return { id: Number(id) };
    },
    stringify: ({ id }) => ({ id: String(id) }),
  },
  loader: ({ context: { queries }, params: { id } }) => queries.prefetchQuery(checkQuery(id)),
  component: lazyRouteComponent(() => import('./UptimeCheckPage'), 'UptimeCheckPage'),
});

export const uptimeRoutes = [checksRoute, checkRoute] as const;
