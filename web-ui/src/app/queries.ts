import { queryOptions } from '@tanstack/react-query';
import { api, value } from '../api/client';

/** What more than one feature asks for. */

export const projectsQuery = queryOptions({
  queryKey: ['projects'],
  queryFn: () => value(api.GET('/api/v1/projects')),
  staleTime: 60_000,
});

const FIGURES_EVERY_MILLIS = 30_000;

/** The figures of the pipeline; between two answers they are kept fresh by the live stream. */
export const pipelineQuery = queryOptions({
  queryKey: ['pipeline'],
  queryFn: () => value(api.GET('/api/v1/pipeline')),
  refetchInterval: FIGURES_EVERY_MILLIS,
  retry: false,
});

export const environmentsQuery = (projects: string[]) =>
  queryOptions({
    queryKey: ['environments', projects],
    queryFn: () =>
      value(
        api.GET('/api/v1/environments', {
          params: { query: projects.length > 0 ? { project: projects } : {} },
        }),
      ),
    staleTime: 300_000,
    retry: false,
  });

export const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: () => value(api.GET('/api/v1/users')),
  staleTime: 300_000,
});

/** All of a trace that one sees. */
export const traceQuery = (traceId: string) =>
  queryOptions({
    queryKey: ['trace', traceId],
    queryFn: () => value(api.GET('/api/v1/traces/{traceId}', { params: { path: { traceId } } })),
    staleTime: 30_000,
  });

const JOBS = 100;

/** The jobs of late, of every kind. */
export const jobsQuery = queryOptions({
  queryKey: ['jobs', 'all'],
  queryFn: () => value(api.GET('/api/v1/jobs', { params: { query: { limit: JOBS } } })),
});
