import { createRoute, lazyRouteComponent, notFound } from '@tanstack/react-router';
import { present } from '../../app/search';
import { shellRoute } from '../../app/shellRoute';
import { comparisonQuery, releaseQuery, releasesQuery, validateReleasesSearch } from './queries';

const releasesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/releases',
  validateSearch: validateReleasesSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.prefetchInfiniteQuery(releasesQuery(deps)),
  component: lazyRouteComponent(() => import('./ReleasesPage'), 'ReleasesPage'),
});

interface ReleaseSearch {
  /** The id of the release beside which this one is shown; the one before it if absent. */
  compare?: number | undefined;
}

const releaseRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/releases/$id',
  params: {
    parse: ({ id }) => {
      if (!/^\d{1,15}$/.test(id)) throw notFound();
      return { id: Number(id) };
    },
    stringify: ({ id }) => ({ id: String(id) }),
  },
  validateSearch: (raw: Record<string, unknown>): ReleaseSearch => {
    const compare = Number(raw['compare']);
    return present({ compare: Number.isSafeInteger(compare) && compare > 0 ? compare : undefined });
  },
  loaderDeps: ({ search }) => search,
  loader: async ({ context: { queries }, params: { id }, deps }) => {
    await Promise.all([
      queries.prefetchQuery(releaseQuery(id, deps)),
      queries.prefetchQuery(comparisonQuery(id, deps.compare, deps)),
    ]);
  },
  component: lazyRouteComponent(() => import('./ReleasePage'), 'ReleasePage'),
});

export const releaseRoutes = [releasesRoute, releaseRoute] as const;
