import { queryOptions } from '@tanstack/react-query';
import { api, value } from '../../api/client';

/** What is edited is read anew whenever its section opens, and never behind the back of who edits it. */
const EDITED = { staleTime: Infinity, gcTime: 0 };

export const scrubbingQuery = (project: number) =>
  queryOptions({
    queryKey: ['project-scrubbing', project],
    queryFn: () => value(api.GET('/api/v1/projects/{id}/scrubbing', { params: { path: { id: project } } })),
    ...EDITED,
  });

export const storageCapQuery = (project: number) =>
  queryOptions({
    queryKey: ['project-storage-cap', project],
    queryFn: () => value(api.GET('/api/v1/projects/{id}/storage-cap', { params: { path: { id: project } } })),
    ...EDITED,
  });

export const repositoryQuery = (project: number) =>
  queryOptions({
    queryKey: ['project-repository', project],
    queryFn: () => value(api.GET('/api/v1/projects/{id}/repository', { params: { path: { id: project } } })),
    ...EDITED,
  });

export const groupingRulesQuery = (project: number) =>
  queryOptions({
    queryKey: ['project-grouping-rules', project],
    queryFn: () =>
      value(api.GET('/api/v1/projects/{id}/grouping-rules', { params: { path: { id: project } } })),
    ...EDITED,
  });
