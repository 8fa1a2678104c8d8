import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, value } from '../../api/client';
import type { LogFilter } from '../../api/model';
import { termOf, narrowed as withTerms } from '../../app/query/narrow';
import { type Scope, present, scopeQuery, text } from '../../app/search';

/** The least severe first. */
export const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export type LogLevel = (typeof LEVELS)[number];

export interface LogsSearch {
  query?: string | undefined;
  /** Names with commas between them; absent for all. */
  level?: string | undefined;
  /** 32 hex digits. */
  trace?: string | undefined;
}

export function levelsOf(search: LogsSearch): LogLevel[] {
  const names = search.level?.split(',') ?? [];
  return LEVELS.filter((level) => names.includes(level));
}

/** The severities with one of them chosen, or no longer; all of them are as good as none. */
export function toggled(search: LogsSearch, level: LogLevel): string | undefined {
  const now = levelsOf(search);
  const next = LEVELS.filter((one) => (one === level ? !now.includes(one) : now.includes(one)));
  return next.length === 0 || next.length === LEVELS.length ? undefined : next.join(',');
}

export function validateLogsSearch(raw: Record<string, unknown>): LogsSearch {
  const levels = levelsOf({ level: text(raw['level']) });
  const trace = text(raw['trace'])?.replaceAll('-', '').toLowerCase();
  return present({
    query: text(raw['query']),
    level: levels.length === 0 ? undefined : levels.join(','),
    trace: trace && /^[0-9a-f]{32}$/.test(trace) ? trace : undefined,
  });
}

export function logFilter(search: Scope & LogsSearch): LogFilter {
  const levels = levelsOf(search);
  return present({
    ...scopeQuery(search),
    query: search.query,
    level: levels.length === 0 ? undefined : levels,
    trace: search.trace,
  });
}

/** What searches of logs call their fields, without dashes and underscores: an attribute of such a name is a tag. */
const FIELDS = new Set(
  (
    'message body level severity severitytext severitynumber timestamp date timestampprecise received ' +
    'timestamp.received trace traceid trace.id spanid trace.span environment sdk.name server.address host release ' +
    'release.version release.package release.build release.stage project project.id project.name has is'
  ).split(' '),
);

/** What a search calls an attribute. */
export function attributeField(name: string): string {
  return FIELDS.has(name.replaceAll(/[_-]/gu, '').toLowerCase()) ? `tags[${name}]` : name;
}

/** A search that wants, or does not want, what has this value. */
export function narrowed(
  query: string | undefined,
  field: string,
  value: unknown,
  isWanted: boolean,
): string {
  const words = typeof value === 'string' ? value : JSON.stringify(value);
  return withTerms(query?.trim(), termOf(field, words, !isWanted));
}

const PAGE = 100;

export const logsQuery = (search: Scope & LogsSearch) =>
  infiniteQueryOptions({
    queryKey: ['logs', search],
    queryFn: ({ pageParam }) =>
      value(
        api.GET('/api/v1/logs', {
          params: {
            query: { ...logFilter(search), limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    staleTime: 30_000,
  });

export const logSeriesQuery = (search: Scope & LogsSearch) =>
  queryOptions({
    queryKey: ['log-series', search],
    queryFn: () => value(api.GET('/api/v1/logs/series', { params: { query: logFilter(search) } })),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });

export const logQuery = (id: string) =>
  queryOptions({
    queryKey: ['log', id],
    queryFn: () => value(api.GET('/api/v1/logs/{id}', { params: { path: { id } } })),
    staleTime: Infinity,
  });

/** Whether a project has ever sent logs, as far as they are kept: asked for only where none is found. */
export const anyLogQuery = (projects: string[]) =>
  queryOptions({
    queryKey: ['any-log', projects],
    queryFn: async () => {
      const page = await value(
        api.GET('/api/v1/logs', {
          params: { query: { limit: 1, ...(projects.length > 0 ? { project: projects } : {}) } },
        }),
      );
      return page.results.length > 0;
    },
    staleTime: 10_000,
  });
