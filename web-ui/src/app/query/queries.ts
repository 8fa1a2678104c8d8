import { queryOptions } from '@tanstack/react-query';
import { api, value } from '../../api/client';
import type { SearchDataset } from '../../api/model';

const MINUTE_MILLIS = 60_000;

/** Slugs with commas between them, as the scope has them. */
function projects(project: string | undefined): { project?: string[] } {
  const slugs = project?.split(',').filter(Boolean) ?? [];
  return slugs.length > 0 ? { project: slugs } : {};
}

export const savedSearchesQuery = (dataset: SearchDataset) =>
  queryOptions({
    queryKey: ['saved-searches', dataset],
    queryFn: () => value(api.GET('/api/v1/saved-searches', { params: { query: { dataset } } })),
    staleTime: MINUTE_MILLIS,
  });

export const recentSearchesQuery = (dataset: SearchDataset) =>
  queryOptions({
    queryKey: ['recent-searches', dataset],
    queryFn: () => value(api.GET('/api/v1/recent-searches', { params: { query: { dataset } } })),
    staleTime: MINUTE_MILLIS,
  });

/** What can be searched by: the fields, and the tags that are most used. */
export const searchKeysQuery = (dataset: SearchDataset, project: string | undefined) =>
  queryOptions({
    queryKey: ['search-keys', dataset, project],
    queryFn: () =>
      value(api.GET('/api/v1/search/keys', { params: { query: { dataset, ...projects(project) } } })),
    staleTime: 5 * MINUTE_MILLIS,
    retry: false,
  });

/** The values of a key that hold what is typed. */
export const searchValuesQuery = (
  dataset: SearchDataset,
  project: string | undefined,
  key: string,
  typed: string,
) =>
  queryOptions({
    queryKey: ['search-values', dataset, project, key, typed],
    queryFn: () =>
      value(
        api.GET('/api/v1/search/values', {
          params: { query: { dataset, key, text: typed, ...projects(project) } },
        }),
      ),
    placeholderData: (before, query) => (query?.queryKey[3] === key ? before : undefined),
    staleTime: MINUTE_MILLIS,
    retry: false,
  });
