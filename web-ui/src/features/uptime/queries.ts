import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, value } from '../../api/client';
import { type Scope, present, projectsOf } from '../../app/search';

const EVERY_MILLIS = 10_000;
const SOON_MILLIS = 1_000;
const PAGE = 50;

/** All checks of the projects of the scope; whenever they were made. */
export const checksQuery = (scope: Scope) => {
  const projects = projectsOf(scope);
  return queryOptions({
    queryKey: ['uptime', 'list', projects],
    queryFn: () =>
      value(
        api.GET('/api/v1/uptime-checks', {
          params: { query: present({ project: projects.length > 0 ? projects : undefined }) },
        }),
      ),
    refetchInterval: EVERY_MILLIS,
  });
};

export const checkQuery = (id: number) =>
  queryOptions({
    queryKey: ['uptime', 'check', id],
    queryFn: () => value(api.GET('/api/v1/uptime-checks/{id}', { params: { path: { id } } })),
    // What is due is there in a moment.
    refetchInterval: ({ state: { data } }) =>
      data?.next_at && Date.parse(data.next_at) <= Date.now() ? SOON_MILLIS : EVERY_MILLIS,
  });

/** @param last when the last check was: with another one there are new results */
export const resultsQuery = (id: number, last: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['uptime', 'results', id, last],
    queryFn: ({ pageParam }) =>
      value(
        api.GET('/api/v1/uptime-checks/{id}/results', {
          params: { path: { id }, query: present({ limit: PAGE, cursor: pageParam || undefined }) },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (before) => before,
  });
