import { infiniteQueryOptions } from '@tanstack/react-query';
import type { Job } from '../api/model';
import { isMoving } from './JobProgress';

export const JOBS_PAGE = 100;

/** Progress is asked for, as the stream tells of changes of state only. */
export const WHILE_RUNNING_MILLIS = 1_500;

/** All jobs of a kind, page by page, looked at again while one of them is under way. */
export const jobPages = (
  kind: string,
  read: (cursor: string | undefined) => Promise<{ results: Job[]; next: string | null }>,
) =>
  infiniteQueryOptions({
    queryKey: ['jobs', kind],
    queryFn: ({ pageParam }) => read(pageParam || undefined),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.results.some((job) => isMoving(job.state)))
        ? WHILE_RUNNING_MILLIS
        : false,
  });
