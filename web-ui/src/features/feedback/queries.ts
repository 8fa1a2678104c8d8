import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, value } from '../../api/client';
import type { Feedback, FeedbackFilter } from '../../api/model';
import { type Scope, oneOf, present, scopeQuery, text } from '../../app/search';

export const STATUSES = ['unresolved', 'resolved', 'ignored', 'spam'] as const;
export type Status = Feedback['status'];

export interface FeedbackSearch {
  /** Unresolved is what one comes for. */
  status?: Status | undefined;
  query?: string | undefined;
  /** Only what is given to me. */
  mine?: 'yes' | undefined;
  /** What is shown beside the list. */
  id?: string | undefined;
}

export function validateFeedbackSearch(raw: Record<string, unknown>): FeedbackSearch {
  const status = oneOf(raw['status'], STATUSES);
  const id = text(raw['id']);
  return present({
    status: status === 'unresolved' ? undefined : status,
    query: text(raw['query']),
    mine: oneOf(raw['mine'], ['yes'] as const),
    id: id !== undefined && /^[0-9a-f]{32}$/.test(id) ? id : undefined,
  });
}

const PAGE = 50;
const EVERY_MILLIS = 20_000;

/** What the list and its counts are of, whatever the status. */
function filterOf(search: Scope & FeedbackSearch): FeedbackFilter {
  return present({
    ...scopeQuery(search),
    query: search.query,
    assignee: search.mine === undefined ? undefined : 'me',
  });
}

/** What of the address the list depends on: not which one is open. */
export function asked(search: Scope & FeedbackSearch): Scope & FeedbackSearch {
  const { id: _, ...rest } = search;
  return rest;
}

export const feedbackListQuery = (search: Scope & FeedbackSearch) =>
  infiniteQueryOptions({
    queryKey: ['feedback', 'list', asked(search)],
    queryFn: ({ pageParam }) =>
      value(
        api.GET('/api/v1/feedback', {
          params: {
            query: {
              ...filterOf(search),
              status: search.status ?? 'unresolved',
              limit: PAGE,
              ...(pageParam ? { cursor: pageParam } : {}),
            },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: EVERY_MILLIS,
  });

export const feedbackCountsQuery = (search: Scope & FeedbackSearch) => {
  const { status: _, ...rest } = asked(search);
  return queryOptions({
    queryKey: ['feedback', 'counts', rest],
    queryFn: () => value(api.GET('/api/v1/feedback/counts', { params: { query: filterOf(search) } })),
    placeholderData: keepPreviousData,
    refetchInterval: EVERY_MILLIS,
  });
};

export const feedbackQuery = (id: string) =>
  queryOptions({
    queryKey: ['feedback', 'one', id],
    queryFn: () => value(api.GET('/api/v1/feedback/{id}', { params: { path: { id } } })),
  });

/** All that there can be of the projects of the scope. */
export function everOf({ project }: Scope): Scope {
  return present({ project, range: '90d' as const });
}
