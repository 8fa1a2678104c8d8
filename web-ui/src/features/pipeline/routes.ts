import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { pipelineQuery, projectsQuery } from '../../app/queries';
import { type RouterContext, shellRoute } from '../../app/shellRoute';
import { validateDeadSearch, validateLedgerSearch } from './queries';

/** The project of the scope has to be known before the first list is asked for, or it would be that of all projects. */
const scopeProjects = ({ context }: { context: RouterContext }) =>
  context.queries.prefetchQuery(projectsQuery);

const overviewRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/pipeline',
  loader: ({ context }) => context.queries.prefetchQuery(pipelineQuery),
  component: lazyRouteComponent(() => import('./OverviewPage'), 'OverviewPage'),
});

const ledgerRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/ledger',
  validateSearch: validateLedgerSearch,
  loader: scopeProjects,
  component: lazyRouteComponent(() => import('./LedgerPage'), 'LedgerPage'),
});

const deadRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/dead',
  validateSearch: validateDeadSearch,
  loader: scopeProjects,
  component: lazyRouteComponent(() => import('./DeadLettersPage'), 'DeadLettersPage'),
});

const replaysRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/replays',
  component: lazyRouteComponent(() => import('./ReplaysPage'), 'ReplaysPage'),
});

const replayRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/replays/$id',
  params: { parse: ({ id }) => ({ id: Number(id) }), stringify: ({ id }) => ({ id: String(id) }) },
  component: lazyRouteComponent(() => import('./ReplayPage'), 'ReplayPage'),
});

export const pipelineRoutes = [overviewRoute, ledgerRoute, deadRoute, replaysRoute, replayRoute] as const;
