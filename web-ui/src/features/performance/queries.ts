import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, value } from '../../api/client';
import { type Scope, oneOf, present, scopeQuery, text } from '../../app/search';

export const SORTS = [
  'time_spent',
  'throughput',
  'p50',
  'p75',
  'p95',
  'p99',
  'failure_rate',
  'trend',
] as const;
export type Sort = (typeof SORTS)[number];
const DEFAULT_SORT: Sort = 'time_spent';
const PAGE = 100;

export interface EndpointsSearch {
  query?: string | undefined;
  sort?: Sort | undefined;
}

export function sortOf(search: EndpointsSearch): Sort {
  return search.sort ?? DEFAULT_SORT;
}

export function validateEndpointsSearch(raw: Record<string, unknown>): EndpointsSearch {
  const sort = oneOf(raw['sort'], SORTS);
  return present({ query: text(raw['query']), sort: sort === DEFAULT_SORT ? undefined : sort });
}

export const endpointsQuery = (search: Scope & EndpointsSearch) =>
  infiniteQueryOptions({
    queryKey: ['performance', 'endpoints', search],
    queryFn: ({ pageParam }) =>
      value(
        api.GET('/api/v1/performance/transactions', {
          params: {
            query: present({
              ...scopeQuery(search),
              query: search.query,
              sort: sortOf(search),
              limit: PAGE,
              cursor: pageParam || undefined,
            }),
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    staleTime: 30_000,
  });

/** Stands in addresses for an operation or method that transactions do not have, as what is absent there means any. */
export const NO_WORD = '-';

const wordOf = (word: string | undefined) => (word === NO_WORD ? '' : word);

/** Which transactions are meant: of one project, whatever the scope has. */
export interface EndpointSearch {
  of?: string | undefined;
  name?: string | undefined;
  op?: string | undefined;
  method?: string | undefined;
}

export function validateEndpointSearch(raw: Record<string, unknown>): EndpointSearch {
  return present({
    of: text(raw['of']),
    name: text(raw['name']),
    op: text(raw['op']),
    method: text(raw['method']),
  });
}

export const endpointQuery = ({ of = '', name = '', op, method, ...scope }: Scope & EndpointSearch) =>
  queryOptions({
    queryKey: ['performance', 'endpoint', of, name, op, method, scope],
    queryFn: () => {
      const { start, end, environment } = scopeQuery(scope);
      const query = present({ op: wordOf(op), method: wordOf(method), start, end, environment });
      return value(
        api.GET('/api/v1/performance/transaction', { params: { query: { ...query, project: of, name } } }),
      );
    },
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });

export const statementsQuery = (scope: Scope) =>
  queryOptions({
    queryKey: ['performance', 'statements', scope],
    queryFn: () =>
      value(
        api.GET('/api/v1/performance/queries', { params: { query: { ...scopeQuery(scope), limit: 50 } } }),
      ),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
