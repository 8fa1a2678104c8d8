import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, value } from '../../api/client';
import type { DeadLetter } from '../../api/model';
import { isMoving } from '../../app/JobProgress';
import { JOBS_PAGE, WHILE_RUNNING_MILLIS, jobPages } from '../../app/jobs';
import { type Scope, oneOf, present, scopeQuery, text } from '../../app/search';

export const OUTCOMES = ['stored', 'duplicate', 'dropped', 'filtered', 'dead'] as const;
export const LETTER_STATES: readonly DeadLetter['state'][] = ['open', 'retrying', 'resolved', 'discarded'];
export const ID = /^[0-9a-f]{32}$/;

/** An id as people paste it: with dashes, spaces around it, in capitals. Undefined if it is none. */
export function idOf(pasted: string): string | undefined {
  const id = pasted.trim().replaceAll('-', '').toLowerCase();
  return ID.test(id) ? id : undefined;
}

export interface LedgerSearch {
  id?: string | undefined;
  outcome?: (typeof OUTCOMES)[number] | undefined;
}

export function validateLedgerSearch(raw: Record<string, unknown>): LedgerSearch {
  return present({ id: idOf(text(raw['id']) ?? ''), outcome: oneOf(raw['outcome'], OUTCOMES) });
}

export interface DeadSearch {
  state?: DeadLetter['state'] | undefined;
  letter?: number | undefined;
}

export function validateDeadSearch(raw: Record<string, unknown>): DeadSearch {
  const letter = Number(raw['letter']);
  const state = oneOf(raw['state'], LETTER_STATES);
  return present({
    state: state === 'open' ? undefined : state,
    letter: Number.isSafeInteger(letter) && letter > 0 ? letter : undefined,
  });
}

const PAGE = 100;

export const storageQuery = queryOptions({
  queryKey: ['storage'],
  queryFn: () => value(api.GET('/api/v1/storage')),
  staleTime: 60_000,
});

export const entryQuery = (id: string) =>
  queryOptions({
    queryKey: ['ledger', id],
    queryFn: () => value(api.GET('/api/v1/ledger/{id}', { params: { path: { id } } })),
    staleTime: 5_000,
  });

/** @param project the one project of the scope, as a number; the list takes one or all */
export const ledgerQuery = (search: Scope & LedgerSearch, project: number | undefined) =>
  infiniteQueryOptions({
    queryKey: [
      'ledger',
      'list',
      project ?? null,
      search.outcome ?? null,
      search.range ?? null,
      search.start ?? null,
      search.end ?? null,
    ],
    queryFn: ({ pageParam }) => {
      const { start, end } = scopeQuery(search);
      const query = present({
        project,
        outcome: search.outcome,
        from: start,
        to: end,
        limit: PAGE,
        cursor: pageParam || undefined,
      });
      return value(api.GET('/api/v1/ledger', { params: { query } }));
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
  });

export const causesQuery = queryOptions({
  queryKey: ['dead-letters', 'causes'],
  queryFn: () => value(api.GET('/api/v1/dead-letters/causes')),
});

export const lettersQuery = (state: DeadLetter['state'], project: number | undefined) =>
  infiniteQueryOptions({
    queryKey: ['dead-letters', 'list', state, project ?? null],
    queryFn: ({ pageParam }) =>
      value(
        api.GET('/api/v1/dead-letters', {
          params: { query: present({ state, project, limit: PAGE, cursor: pageParam || undefined }) },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });

export const letterQuery = (id: number) =>
  queryOptions({
    queryKey: ['dead-letters', id],
    queryFn: () => value(api.GET('/api/v1/dead-letters/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (state.data?.state === 'retrying' ? WHILE_RUNNING_MILLIS : false),
  });

const RECENT_JOBS = 50;

/** The jobs of late that retry dead letters. */
export const retriesQuery = queryOptions({
  queryKey: ['jobs', 'retry'],
  queryFn: async () => {
    const page = await value(api.GET('/api/v1/jobs', { params: { query: { limit: RECENT_JOBS } } }));
    return page.results.filter((job) => job.kind === 'dead-letter-retry');
  },
  refetchInterval: ({ state }) =>
    state.data?.some((job) => isMoving(job.state)) ? WHILE_RUNNING_MILLIS : false,
});

export const replaysQuery = jobPages('replays', (cursor) =>
  value(api.GET('/api/v1/replays', { params: { query: present({ limit: JOBS_PAGE, cursor }) } })),
);

export const replayQuery = (id: number) =>
  queryOptions({
    queryKey: ['job', id],
    queryFn: () => value(api.GET('/api/v1/replays/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (state.data && isMoving(state.data.state) ? WHILE_RUNNING_MILLIS : false),
  });
