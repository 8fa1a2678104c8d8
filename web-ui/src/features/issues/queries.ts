import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { api, value } from '../../api/client';
import type { Issue, IssueFilter, IssueSort } from '../../api/model';
import { hasOuterOr } from '../../app/query/narrow';
import { mentions } from '../../app/query/tokens';
import { type Scope, oneOf, present, scopeQuery, text } from '../../app/search';

export const VIEWS = ['unresolved', 'new', 'regressed', 'ignored', 'resolved', 'all'] as const;
export type View = (typeof VIEWS)[number];
export const SORTS: readonly IssueSort[] = ['last_seen', 'first_seen', 'events', 'users'];

export interface IssuesSearch {
  query?: string | undefined;
  view?: View | undefined;
  sort?: IssueSort | undefined;
  /** Versions of releases, which links from their pages name. */
  first_release?: string | undefined;
  regressed_in?: string | undefined;
  release?: string | undefined;
}

export function validateIssuesSearch(raw: Record<string, unknown>): IssuesSearch {
  const view = oneOf(raw['view'], VIEWS);
  const sort = oneOf(raw['sort'], SORTS);
  return present({
    query: text(raw['query']),
    view: view === 'unresolved' ? undefined : view,
    sort: sort === 'last_seen' ? undefined : sort,
    first_release: text(raw['first_release']),
    regressed_in: text(raw['regressed_in']),
    release: text(raw['release']),
  });
}

const STATUSES: Record<View, IssueFilter> = {
  unresolved: { status: 'unresolved' },
  new: { status: 'unresolved', is_new: true },
  regressed: { status: 'unresolved', substatus: 'regressed' },
  ignored: { status: 'ignored' },
  resolved: { status: 'resolved' },
  all: {},
};

/** The same in the language of searches. */
const WORDS: Record<View, string> = {
  unresolved: 'is:unresolved',
  new: 'is:unresolved firstSeen:-24h',
  regressed: 'is:regressed',
  ignored: 'is:ignored',
  resolved: 'is:resolved',
  all: 'status:[unresolved,resolved,ignored]',
};

/** A query that says itself which states it wants is asked of all issues. */
function hasState(query: string | undefined): boolean {
  return query !== undefined && mentions(query, ['is', 'status', 'substatus']);
}

/** The tab that an address shows. */
export function viewOf(search: IssuesSearch): View {
  return hasState(search.query) ? 'all' : (search.view ?? 'unresolved');
}

/** The same list in another tab; a query that says itself which states it wants would win over it, and goes. */
export function withView<T extends IssuesSearch>(search: T, view: View): T {
  return {
    ...search,
    ...(hasState(search.query) ? { query: undefined } : {}),
    view: view === 'unresolved' ? undefined : view,
  };
}

/** What an address shows as one query, which means the same in any tab. */
export function savedQueryOf(search: IssuesSearch): string {
  const query = search.query ?? '';
  if (hasState(query)) return query;
  const words = WORDS[viewOf(search)];
  return query === '' ? words : `${words} ${hasOuterOr(query) ? `(${query})` : query}`;
}

/** A sort of the API, if it is one. */
export function sortOf(order: string): IssueSort | undefined {
  const sort = oneOf(order, SORTS);
  return sort === 'last_seen' ? undefined : sort;
}

/** What the address asks for, as the API names it. */
export function filterOf(search: Scope & IssuesSearch): IssueFilter {
  const view = viewOf(search);
  return present({
    ...scopeQuery(search),
    query: search.query,
    ...STATUSES[view],
    first_release: search.first_release,
    regressed_in: search.regressed_in,
    release: search.release,
  });
}

const PAGE = 100;

export const issuesQuery = (search: Scope & IssuesSearch) =>
  infiniteQueryOptions({
    queryKey: ['issues', search],
    queryFn: ({ pageParam }) =>
      value(
        api.GET('/api/v1/issues', {
          params: {
            query: {
              ...filterOf(search),
              sort: search.sort ?? 'last_seen',
              limit: PAGE,
              ...(pageParam ? { cursor: pageParam } : {}),
            },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
    // A list never changes under the reader's eyes; the pill says that there is news.
    refetchOnWindowFocus: false,
    staleTime: 30_000,
  });

/** Whether an issue still belongs to a view, as far as its own fields tell. */
export function fitsView(issue: Issue, view: View): boolean {
  switch (view) {
    case 'all':
      return true;
    case 'new':
      return issue.status === 'unresolved' && issue.is_new;
    case 'regressed':
      return issue.status === 'unresolved' && issue.substatus === 'regressed';
    case 'unresolved':
    case 'ignored':
    case 'resolved':
      return issue.status === view;
  }
}
