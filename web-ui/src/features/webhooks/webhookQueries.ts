import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, value } from '../../api/client';
import { present } from '../../app/search';

const EVERY = 5_000;
const PAGE = 50;

/** Of a project; without one, of all that one sees. */
export const webhooksQuery = (project: number | undefined) =>
  queryOptions({
    queryKey: ['webhooks', project ?? 0],
    queryFn: () => value(api.GET('/api/v1/webhooks', { params: { query: present({ project }) } })),
    refetchInterval: EVERY,
  });

export const alertSourcesQuery = queryOptions({
  queryKey: ['alert-sources'],
  queryFn: () => value(api.GET('/api/v1/alert-sources')),
});

export const receivedAlertsQuery = (project: number | undefined) =>
  infiniteQueryOptions({
    queryKey: ['received-alerts', project ?? 0],
    queryFn: ({ pageParam }) =>
      value(
        api.GET('/api/v1/received-alerts', {
          params: { query: present({ project, limit: PAGE, cursor: pageParam || undefined }) },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });

export const noticesQuery = queryOptions({
  queryKey: ['notifications', 'own'],
  queryFn: () => value(api.GET('/api/v1/me/notifications')),
});
