import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, value } from '../../api/client';
import { type Scope, present, scopeQuery } from '../../app/search';

export const issueQuery = (id: number) =>
  queryOptions({
    queryKey: ['issue', id],
    queryFn: () => value(api.GET('/api/v1/issues/{id}', { params: { path: { id } } })),
  });

/** How many events and users there were in the scope of the page. */
export const inScopeQuery = (id: number, scope: Scope) =>
  queryOptions({
    queryKey: ['issue', id, 'in-scope', scope.environment, scope.range, scope.start, scope.end],
    queryFn: () => {
      const { start, end } = scopeQuery(scope);
      const query = present({ from: start, to: end, environment: scope.environment });
      return value(api.GET('/api/v1/issues/{id}/stats', { params: { path: { id }, query } }));
    },
    staleTime: 30_000,
  });

/** An event of the issue with its neighbours; "latest" and "oldest" are ids too. */
export const eventQuery = (id: number, event: string) =>
  queryOptions({
    queryKey: ['issue', id, 'event', event],
    queryFn: () =>
      value(
        api.GET('/api/v1/issues/{id}/events/{event}', {
          params: { path: { id, event } },
        }),
      ),
    staleTime: event === 'latest' ? 10_000 : Infinity,
  });

const EVENTS_PAGE = 100;

/** All events of the issue, or those that a search finds; the newest first. */
export const issueEventsQuery = (id: number, query: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['issue', id, 'events', query],
    queryFn: ({ pageParam }) =>
      value(
        api.GET('/api/v1/issues/{id}/events', {
          params: {
            path: { id },
            query: present({ query, limit: EVENTS_PAGE, cursor: pageParam || undefined }),
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    staleTime: 30_000,
  });

const MAX_FEEDBACK = 50;

/** What people said about the events of the issue. */
export const feedbackOfIssueQuery = (id: number) =>
  queryOptions({
    queryKey: ['issue-feedback', id],
    queryFn: () =>
      value(
        api.GET('/api/v1/issues/{id}/feedback', {
          params: { path: { id }, query: { limit: MAX_FEEDBACK } },
        }),
      ),
    staleTime: 30_000,
  });

const MAX_ACTIVITIES = 200;

export const activityQuery = (id: number) =>
  queryOptions({
    queryKey: ['activity', id],
    queryFn: () =>
      value(
        api.GET('/api/v1/issues/{id}/activity', {
          params: { path: { id }, query: { limit: MAX_ACTIVITIES } },
        }),
      ),
  });

/** By the rules of now, which may be others than those it was filed by. */
export const groupingQuery = (eventId: string) =>
  queryOptions({
    queryKey: ['grouping', eventId],
    queryFn: () => value(api.GET('/api/v1/events/{id}/grouping', { params: { path: { id: eventId } } })),
    staleTime: 60_000,
  });

export const hashesQuery = (id: number) =>
  queryOptions({
    queryKey: ['issue', id, 'hashes'],
    queryFn: () => value(api.GET('/api/v1/issues/{id}/hashes', { params: { path: { id } } })),
    staleTime: 30_000,
  });

export const similarQuery = (id: number) =>
  queryOptions({
    queryKey: ['issue', id, 'similar'],
    queryFn: () => value(api.GET('/api/v1/issues/{id}/similar', { params: { path: { id }, query: {} } })),
    staleTime: 60_000,
  });

/** Where the lines of an event are, and which commits changed their files. */
export const codeQuery = (eventId: string) =>
  queryOptions({
    queryKey: ['code', eventId],
    queryFn: () => value(api.GET('/api/v1/events/{id}/code', { params: { path: { id: eventId } } })),
    staleTime: 60_000,
  });

export const ticketsQuery = (id: number) =>
  queryOptions({
    queryKey: ['issue', id, 'tickets'],
    queryFn: () => value(api.GET('/api/v1/issues/{id}/tickets', { params: { path: { id } } })),
    staleTime: 30_000,
  });

/** Where a new ticket of the issue is made. */
export const ticketFormQuery = (id: number) =>
  queryOptions({
    queryKey: ['issue', id, 'ticket-form'],
    queryFn: () => value(api.GET('/api/v1/issues/{id}/ticket-form', { params: { path: { id } } })),
    staleTime: 30_000,
  });

export const tagsQuery = (id: number) =>
  queryOptions({
    queryKey: ['issue-tags', id],
    queryFn: () =>
      value(api.GET('/api/v1/issues/{id}/tags', { params: { path: { id }, query: { values: 5 } } })),
    staleTime: 60_000,
  });

export const DAY_MILLIS = 86_400_000;
export const CHART_DAYS = 30;

/** Where the chart of days begins. */
export function chartFrom(): number {
  return (Math.floor(Date.now() / DAY_MILLIS) - CHART_DAYS + 1) * DAY_MILLIS;
}

/** By day, of the last thirty days, whatever the range of the page is: it shows how the range lies in the month. */
export const statsQuery = (id: number, environment: string | undefined) =>
  queryOptions({
    queryKey: ['issue-stats', id, environment],
    queryFn: async () => {
      const from = chartFrom();
      const stats = await value(
        api.GET('/api/v1/issues/{id}/stats', {
          params: {
            path: { id },
            query: present({ from: new Date(from).toISOString(), environment }),
          },
        }),
      );
      const days = Array.from({ length: CHART_DAYS }, () => 0);
      for (const { hour, events } of stats.hours) {
        const day = Math.floor((Date.parse(hour) - from) / DAY_MILLIS);
        if (days[day] !== undefined) days[day] += events;
      }
      return days;
    },
    staleTime: 60_000,
  });

export const fateQuery = (eventId: string) =>
  queryOptions({
    queryKey: ['fate', eventId],
    queryFn: () => value(api.GET('/api/v1/ledger/{id}', { params: { path: { id: eventId }, query: {} } })),
    staleTime: Infinity,
  });
