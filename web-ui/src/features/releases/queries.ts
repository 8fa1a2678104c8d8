import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, value } from '../../api/client';
import type { ReleaseFilter, ReleaseSort } from '../../api/model';
import { type Scope, oneOf, present, scopeQuery, text } from '../../app/search';

export const SORTS: readonly ReleaseSort[] = ['date', 'version', 'last_event'];

export interface ReleasesSearch {
  query?: string | undefined;
  sort?: ReleaseSort | undefined;
  /** Shows those that are archived, and no others. */
  archived?: 'yes' | undefined;
}

export function validateReleasesSearch(raw: Record<string, unknown>): ReleasesSearch {
  const sort = oneOf(raw['sort'], SORTS);
  return present({
    query: text(raw['query']),
    sort: sort === 'date' ? undefined : sort,
    archived: oneOf(raw['archived'], ['yes'] as const),
  });
}

/** Releases are listed whenever they were made: of the scope only projects and environment count. */
export function releaseFilter(search: Scope & ReleasesSearch): ReleaseFilter {
  const { project, environment } = scopeQuery(search);
  return present({ project, environment, query: search.query, archived: search.archived === 'yes' });
}

const PAGE = 50;

export const releasesQuery = (search: Scope & ReleasesSearch) => {
  const { range: _, start: __, end: ___, ...asked } = search;
  return infiniteQueryOptions({
    queryKey: ['releases', asked],
    queryFn: ({ pageParam }) =>
      value(
        api.GET('/api/v1/releases', {
          params: {
            query: {
              ...releaseFilter(search),
              sort: search.sort ?? 'date',
              limit: PAGE,
              ...(pageParam ? { cursor: pageParam } : {}),
            },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
};

const environmentOf = (scope: Scope) =>
  present({ environment: scope.environment ? [scope.environment] : undefined });

export const releaseQuery = (id: number, scope: Scope) =>
  queryOptions({
    queryKey: ['release', id, scope.environment],
    queryFn: () =>
      value(api.GET('/api/v1/releases/{id}', { params: { path: { id }, query: environmentOf(scope) } })),
  });

export const comparisonQuery = (id: number, other: number | undefined, scope: Scope) =>
  queryOptions({
    queryKey: ['release', id, 'comparison', other, scope.environment],
    queryFn: () =>
      value(
        api.GET('/api/v1/releases/{id}/comparison', {
          params: { path: { id }, query: { ...environmentOf(scope), ...present({ with: other }) } },
        }),
      ),
    placeholderData: keepPreviousData,
  });

export const statsQuery = (id: number, scope: Scope) => {
  const { start: from, end: to, environment } = scopeQuery(scope);
  return queryOptions({
    queryKey: ['release', id, 'stats', scope.range, scope.start, scope.end, scope.environment],
    queryFn: () =>
      value(
        api.GET('/api/v1/releases/{id}/stats', {
          params: { path: { id }, query: present({ from, to, environment }) },
        }),
      ),
    staleTime: 30_000,
  });
};

export const MANY = 100;

export const deploymentsOfQuery = (id: number) =>
  queryOptions({
    queryKey: ['release', id, 'deployments'],
    queryFn: () =>
      value(
        api.GET('/api/v1/releases/{id}/deployments', { params: { path: { id }, query: { limit: MANY } } }),
      ),
  });

export const commitsQuery = (id: number) =>
  queryOptions({
    queryKey: ['release', id, 'commits'],
    queryFn: () =>
      value(api.GET('/api/v1/releases/{id}/commits', { params: { path: { id }, query: { limit: MANY } } })),
  });

export const healthQuery = (id: number, range: string, scope: Scope) =>
  queryOptions({
    queryKey: ['release', id, 'health', range, scope.environment],
    queryFn: () =>
      value(
        api.GET('/api/v1/releases/{id}/health', {
          params: { path: { id }, query: { ...environmentOf(scope), range } },
        }),
      ),
    placeholderData: keepPreviousData,
  });

export const artifactsQuery = (id: number) =>
  infiniteQueryOptions({
    queryKey: ['release', id, 'artifacts'],
    queryFn: ({ pageParam }) =>
      value(
        api.GET('/api/v1/releases/{id}/artifacts', {
          params: { path: { id }, query: present({ limit: PAGE, cursor: pageParam || undefined }) },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });

/** The newest releases of a project, to choose one of. */
export const siblingsQuery = (slug: string) =>
  queryOptions({
    queryKey: ['releases', 'of', slug],
    queryFn: () =>
      value(api.GET('/api/v1/releases', { params: { query: { project: [slug], limit: MANY } } })),
    staleTime: 30_000,
  });

/** The regroups of late of a project. */
export const repairsQuery = (project: number) =>
  queryOptions({
    queryKey: ['regroups', 'repairs', project],
    queryFn: () => value(api.GET('/api/v1/projects/{id}/regroups', { params: { path: { id: project } } })),
  });
