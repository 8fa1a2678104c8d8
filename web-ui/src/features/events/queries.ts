import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, value } from '../../api/client';
import type { ExploreQuestion } from '../../api/model';
import { termOf, narrowed } from '../../app/query/narrow';
import { type Scope, present, scopeQuery, text } from '../../app/search';
import { splitFields } from './fields';

/** The columns that are offered; any tag can be one besides. */
export const COLUMNS = [
  'timestamp',
  'received',
  'issue',
  'level',
  'title',
  'project',
  'environment',
  'release',
  'user',
  'culprit',
  'message',
  'transaction',
  'platform',
  'error.type',
  'error.handled',
  'browser.name',
  'os.name',
  'url',
  'sdk.name',
  'trace',
  'id',
] as const;

/** Of the times the one by which the list is sorted. */
export const DEFAULT_COLUMNS: readonly string[] = [
  'received',
  'issue',
  'level',
  'title',
  'project',
  'environment',
  'release',
  'user',
];
export const DEFAULT_FIGURES: readonly string[] = ['count()', 'count_unique(user)', 'last_seen()'];

/** What every row is asked for besides, to lead on to its event. */
const HIDDEN = ['id', 'issue.id'] as const;
/** The API takes 20. */
export const MAX_COLUMNS = 18;
export const MAX_GROUPS = 5;
export const MAX_FIGURES = 10;
const PAGE = 100;
const TOP = 5;

export interface EventsSearch {
  query?: string | undefined;
  /** Names with commas between them, in their order. */
  columns?: string | undefined;
  /** Fields that make groups, with commas between them; absent for single events. */
  group?: string | undefined;
  /** The figures of groups, with commas between them. */
  figures?: string | undefined;
  /** The text of a field, with a minus in front for the largest first. */
  sort?: string | undefined;
}

export type Asked = Scope & EventsSearch;

export function columnsOf(search: EventsSearch): string[] {
  const names = splitFields(search.columns)
    // As addresses had it once.
    .map((name) => (name === 'time' ? 'timestamp' : name))
    .slice(0, MAX_COLUMNS);
  return names.length > 0 ? names : [...DEFAULT_COLUMNS];
}

export function groupOf(search: EventsSearch): string[] {
  return splitFields(search.group).slice(0, MAX_GROUPS);
}

export function figuresOf(search: EventsSearch): string[] {
  const figures = splitFields(search.figures).slice(0, MAX_FIGURES);
  return figures.length > 0 ? figures : [...DEFAULT_FIGURES];
}

function unless(fields: readonly string[], usual: readonly string[]): string | undefined {
  const joined = fields.join(',');
  return joined === '' || joined === usual.join(',') ? undefined : joined;
}

export function validateEventsSearch(raw: Record<string, unknown>): EventsSearch {
  const level = text(raw['level']);
  const query = text(raw['query']);
  const group = splitFields(text(raw['group'])).join(',');
  return present({
    // An address from when there was a filter of its own for it.
    query: level ? narrowed(query, termOf('level', level)) : query,
    columns: unless(columnsOf({ columns: text(raw['columns']) }), DEFAULT_COLUMNS),
    group: group || undefined,
    figures: unless(splitFields(text(raw['figures'])), DEFAULT_FIGURES),
    sort: text(raw['sort']),
  });
}

/** Which events are meant. */
export function questionOf(search: Asked): ExploreQuestion {
  return present({ ...scopeQuery(search), query: search.query });
}

/** The fields of the list: those of single events, or of groups and their figures. */
export function fieldsOf(search: EventsSearch): string[] {
  const group = groupOf(search);
  return group.length > 0
    ? [...group, ...figuresOf(search)]
    : [...new Set([...columnsOf(search), ...HIDDEN])];
}

const dataset = 'events';

export const rowsQuery = (search: Asked) => {
  const field = fieldsOf(search);
  return infiniteQueryOptions({
    queryKey: ['events', 'rows', questionOf(search), field, search.sort],
    queryFn: ({ pageParam }) =>
      value(
        api.GET('/api/v1/explore/{dataset}', {
          params: {
            path: { dataset },
            query: {
              ...questionOf(search),
              field,
              limit: PAGE,
              ...(search.sort ? { sort: search.sort } : {}),
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

export const seriesQuery = (search: Asked, y: string, group: readonly string[]) =>
  queryOptions({
    queryKey: ['events', 'series', questionOf(search), y, group],
    queryFn: () =>
      value(
        api.GET('/api/v1/explore/{dataset}/series', {
          params: {
            path: { dataset },
            query: { ...questionOf(search), y: [y], group: [...group], top: TOP },
          },
        }),
      ),
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    staleTime: 30_000,
  });

export const facetsQuery = (search: Asked) =>
  queryOptions({
    queryKey: ['events', 'facets', questionOf(search)],
    queryFn: () =>
      value(
        api.GET('/api/v1/explore/{dataset}/facets', {
          params: { path: { dataset }, query: questionOf(search) },
        }),
      ),
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    staleTime: 30_000,
  });

export const eventQuery = (id: string) =>
  queryOptions({
    queryKey: ['events', 'one', id],
    queryFn: () => value(api.GET('/api/v1/events/{id}', { params: { path: { id } } })),
    staleTime: 60_000,
  });
