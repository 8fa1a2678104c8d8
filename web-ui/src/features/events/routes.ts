import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { api, value } from '../../api/client';
import { shellRoute } from '../../app/shellRoute';
import { rowsQuery, validateEventsSearch } from './queries';

const eventsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/events',
  validateSearch: validateEventsSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.prefetchInfiniteQuery(rowsQuery(deps)),
  component: lazyRouteComponent(() => import('./EventsPage'), 'EventsPage'),
});

/** An event by its id alone goes on to its place on the page of its issue. */
const eventRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/events/$id',
  loader: async ({ params }) => {
    const id = params.id.replaceAll('-', '').toLowerCase();
    const event = await value(api.GET('/api/v1/events/{id}', { params: { path: { id } } }));
    throw redirect({ to: '/issues/$id', params: { id: event.issue_id }, search: { event: event.id } });
  },
});

export const eventRoutes = [eventsRoute, eventRoute] as const;
