import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, value } from '../../api/client';
import type { Regroup, RegroupChange } from '../../api/model';
import { present } from '../../app/search';

const UNDER_WAY: ReadonlySet<Regroup['state']> = new Set(['previewing', 'applying', 'undoing']);

/** Whether a regroup goes on by itself. */
export function isUnderWay(regroup: Regroup): boolean {
  return UNDER_WAY.has(regroup.state);
}

const WHILE_UNDER_WAY_MILLIS = 1_500;

export const regroupQuery = (id: number) =>
  queryOptions({
    queryKey: ['regroups', id],
    queryFn: () => value(api.GET('/api/v1/regroups/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? WHILE_UNDER_WAY_MILLIS : false),
  });

const RECENT = 20;

/** The regroups of late of a project. */
export const regroupsQuery = (project: number) =>
  queryOptions({
    queryKey: ['regroups', 'of', project],
    queryFn: () =>
      value(
        api.GET('/api/v1/projects/{id}/regroups', {
          params: { path: { id: project }, query: { limit: RECENT } },
        }),
      ),
    refetchInterval: ({ state }) => (state.data?.results.some(isUnderWay) ? WHILE_UNDER_WAY_MILLIS : false),
  });

const CHANGES = 20;

/** What a regroup merges or splits; it may be another thing once it is applied, as events went on arriving. */
export const changesQuery = (regroup: Regroup, kind: RegroupChange['kind']) =>
  infiniteQueryOptions({
    queryKey: ['regroups', regroup.id, 'changes', kind, regroup.state],
    queryFn: ({ pageParam }) =>
      value(
        api.GET('/api/v1/regroups/{id}/changes', {
          params: {
            path: { id: regroup.id },
            query: { kind, limit: CHANGES, ...present({ cursor: pageParam || undefined }) },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    staleTime: Infinity,
  });

export const framesQuery = (eventId: string) =>
  queryOptions({
    queryKey: ['event-stacktrace', eventId],
    queryFn: () => value(api.GET('/api/v1/events/{id}/stacktrace', { params: { path: { id: eventId } } })),
    staleTime: Infinity,
  });
