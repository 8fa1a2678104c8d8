import { infiniteQueryOptions } from '@tanstack/react-query';
import { api, value } from '../../api/client';
import { isMoving } from '../../app/JobProgress';
import { present } from '../../app/search';

const PAGE = 100;
const WHILE_RUNNING_MILLIS = 1_500;

export const importsQuery = infiniteQueryOptions({
  queryKey: ['jobs', 'imports'],
  queryFn: ({ pageParam }) =>
    value(
      api.GET('/api/v1/imports', {
        params: { query: present({ limit: PAGE, cursor: pageParam || undefined }) },
      }),
    ),
  initialPageParam: '',
  getNextPageParam: (last) => last.next ?? undefined,
  refetchInterval: ({ state }) =>
    state.data?.pages.some((page) => page.results.some((job) => isMoving(job.state)))
      ? WHILE_RUNNING_MILLIS
      : false,
});
