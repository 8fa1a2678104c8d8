import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { api, value } from '../../api/client';
import type { Issue, IssueFilter, IssueSort } from '../../api/model';
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

/** What the address asks for, as the API names it. */
export function filterOf(search: Scope & IssuesSearch): IssueFilter {
  const view = search.view ?? 'unresolved';
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
