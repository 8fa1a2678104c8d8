import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { api, value } from '../../api/client';
import type { EventFilter } from '../../api/model';
import { type Scope, oneOf, present, scopeQuery, text } from '../../app/search';

export const LEVELS = ['fatal', 'error', 'warning', 'info', 'debug'] as const;
export const COLUMNS = [
  'time',
  'level',
  'title',
  'project',
  'culprit',
  'environment',
  'release',
  'user',
  'platform',
  'message',
  'received',
  'id',
] as const;
export type ColumnName = (typeof COLUMNS)[number];
/** Of the times the one by which the list is sorted. */
export const DEFAULT_COLUMNS: readonly ColumnName[] = [
  'received',
  'level',
  'title',
  'project',
  'environment',
  'release',
  'user',
];

export interface EventsSearch {
  query?: string | undefined;
  level?: (typeof LEVELS)[number] | undefined;
  /** Names with commas between them, in their order. */
  columns?: string | undefined;
}

export function columnsOf(search: EventsSearch): ColumnName[] {
  const names = search.columns?.split(',').flatMap((name) => oneOf(name, COLUMNS) ?? []) ?? [];
  return names.length > 0 ? [...new Set(names)] : [...DEFAULT_COLUMNS];
}

export function validateEventsSearch(raw: Record<string, unknown>): EventsSearch {
  const columns = columnsOf({ columns: text(raw['columns']) }).join(',');
  return present({
    query: text(raw['query']),
    level: oneOf(raw['level'], LEVELS),
    columns: columns === DEFAULT_COLUMNS.join(',') ? undefined : columns,
  });
}

export function eventFilter(search: Scope & EventsSearch): EventFilter {
  return present({ ...scopeQuery(search), query: search.query, level: search.level });
}

const PAGE = 100;

export const eventsQuery = (search: Scope & EventsSearch) => {
  const { columns: _, ...asked } = search;
  return infiniteQueryOptions({
    queryKey: ['events', asked],
    queryFn: ({ pageParam }) =>
      value(
        api.GET('/api/v1/events', {
          params: {
            query: {
              ...eventFilter(search),
              limit: PAGE,
              ...(pageParam ? { cursor: pageParam } : {}),
            },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    staleTime: 30_000,
  });
};
