import { createRoute, lazyRouteComponent, notFound } from '@tanstack/react-router';
import { oneOf, present, text } from '../../app/search';
import { shellRoute } from '../../app/shellRoute';
import { IssuesPage } from './IssuesPage';
import { eventQuery, issueEventsQuery, issueQuery } from './pageQueries';
import { issueIdOf } from './shortId';
import { issuesQuery, validateIssuesSearch } from './queries';

const issuesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/issues',
  validateSearch: validateIssuesSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.prefetchInfiniteQuery(issuesQuery(deps)),
  component: IssuesPage,
});

const FRAMES = ['app', 'all', 'raw'] as const;

interface IssueSearch {
  /** An event's id, or "oldest"; the latest if absent. */
  event?: string | undefined;
  frames?: (typeof FRAMES)[number] | undefined;
}

const idOfIssue = {
  parse: ({ id }: { id: string }) => {
    const issue = issueIdOf(id);
    if (issue === undefined) throw notFound();
    return { id: issue };
  },
  stringify: ({ id }: { id: number }) => ({ id: String(id) }),
};

const issueRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/issues/$id',
  params: idOfIssue,
  validateSearch: (raw: Record<string, unknown>): IssueSearch =>
    present({ event: text(raw['event']), frames: oneOf(raw['frames'], FRAMES) }),
  loaderDeps: ({ search }) => search,
  loader: async ({ context: { queries }, params: { id }, deps }) => {
    await Promise.all([
      queries.prefetchQuery(issueQuery(id)),
      queries.prefetchQuery(eventQuery(id, deps.event ?? 'latest')),
    ]);
  },
  component: lazyRouteComponent(() => import('./IssuePage'), 'IssuePage'),
});

const issueEventsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/issues/$id/events',
  params: idOfIssue,
  validateSearch: (raw: Record<string, unknown>): { query?: string | undefined } =>
    present({ query: text(raw['query']) }),
  loaderDeps: ({ search }) => search,
  loader: async ({ context: { queries }, params: { id }, deps }) => {
    await Promise.all([
      queries.prefetchQuery(issueQuery(id)),
      queries.prefetchInfiniteQuery(issueEventsQuery(id, deps.query)),
    ]);
  },
  component: lazyRouteComponent(() => import('./IssueEventsPage'), 'IssueEventsPage'),
});

export const issueRoutes = [issuesRoute, issueRoute, issueEventsRoute] as const;
