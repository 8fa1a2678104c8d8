import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, value } from '../../api/client';
import type { DeliveryFilter, DeliveryState } from '../../api/model';
import { present } from '../../app/search';

export const DELIVERY_STATES: readonly DeliveryState[] = ['waiting', 'delivered', 'dead', 'suppressed'];

const PAGE = 50;
const EVERY = 5_000;
const WHILE_WAITING = 1_000;

export const deliveriesQuery = (filter: DeliveryFilter) =>
  infiniteQueryOptions({
    queryKey: ['deliveries', filter],
    queryFn: ({ pageParam }) =>
      value(
        api.GET('/api/v1/deliveries', {
          params: { query: present({ ...filter, limit: PAGE, cursor: pageParam || undefined }) },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    refetchInterval: EVERY,
  });

/** One with what was sent, again and again while it waits. */
export const deliveryQuery = (id: number) =>
  queryOptions({
    queryKey: ['delivery', id],
    queryFn: () => value(api.GET('/api/v1/deliveries/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (state.data?.state === 'waiting' ? WHILE_WAITING : false),
  });
