import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, value } from '../../api/client';
import { type Scope, present, projectsOf, text } from '../../app/search';

const EVERY_MILLIS = 10_000;
const PAGE = 50;
const WEEK_HOURS = 168;
const SPANS = 84;

export interface CronsSearch {
  query?: string | undefined;
}

export interface MonitorSearch {
  /** The environment whose check-ins are listed; all if absent. */
  checkins?: string | undefined;
}

export const validateCronsSearch = (raw: Record<string, unknown>): CronsSearch =>
  present({ query: text(raw['query']) });

export const validateMonitorSearch = (raw: Record<string, unknown>): MonitorSearch =>
  present({ checkins: text(raw['checkins']) });

/** Monitors of the projects of the scope; whenever they checked in. */
export const monitorsQuery = (search: Scope & CronsSearch) => {
  const projects = projectsOf(search);
  return infiniteQueryOptions({
    queryKey: ['crons', 'list', projects, search.query],
    queryFn: ({ pageParam }) =>
      value(
        api.GET('/api/v1/monitors', {
          params: {
            query: present({
              project: projects.length > 0 ? projects : undefined,
              words: search.query,
              limit: PAGE,
              cursor: pageParam || undefined,
            }),
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: EVERY_MILLIS,
  });
};

export const monitorQuery = (id: number) =>
  queryOptions({
    queryKey: ['crons', 'monitor', id],
    queryFn: () => value(api.GET('/api/v1/monitors/{id}', { params: { path: { id } } })),
    refetchInterval: EVERY_MILLIS,
  });

export const monitorStatsQuery = (id: number) =>
  queryOptions({
    queryKey: ['crons', 'stats', id],
    queryFn: () =>
      value(
        api.GET('/api/v1/monitors/{id}/stats', {
          params: { path: { id }, query: { hours: WEEK_HOURS, spans: SPANS } },
        }),
      ),
    refetchInterval: 6 * EVERY_MILLIS,
  });

export const checkInsQuery = (id: number, environment: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['crons', 'checkIns', id, environment],
    queryFn: ({ pageParam }) =>
      value(
        api.GET('/api/v1/monitors/{id}/check-ins', {
          params: {
            path: { id },
            query: present({ environment, limit: PAGE, cursor: pageParam || undefined }),
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: EVERY_MILLIS,
  });

/** What a schedule means; asked again when it is written otherwise. */
export const previewQuery = (type: string, schedule: string, zone: string) =>
  queryOptions({
    queryKey: ['crons', 'preview', type, schedule, zone],
    queryFn: () =>
      value(
        api.GET('/api/v1/monitors/preview', {
          params: { query: { type, value: schedule, ...present({ time_zone: zone || undefined }) } },
        }),
      ),
    enabled: type !== 'none' && schedule.trim() !== '',
    retry: false,
  });
