import { queryOptions } from '@tanstack/react-query';
import { api, value } from '../../api/client';
import type { OutcomeTotal } from '../../api/model';

const LOOKS_EVERY_MILLIS = 2_000;

/** The newest event of a project, looked for until there is one. */
export const firstEventQuery = (projectId: number) =>
  queryOptions({
    queryKey: ['first-event', projectId],
    queryFn: async () => {
      const page = await value(
        api.GET('/api/v1/events', { params: { query: { project: [String(projectId)], limit: 1 } } }),
      );
      return page.results[0] ?? null;
    },
    refetchInterval: (query) => (query.state.data ? false : LOOKS_EVERY_MILLIS),
    staleTime: 0,
  });

/** What became of what the project sent in the last hour, as long as nothing of it is an event. */
export const outcomesQuery = (projectId: number, isWaiting: boolean) =>
  queryOptions({
    queryKey: ['setup-outcomes', projectId],
    queryFn: () =>
      value(
        api.GET('/api/v1/outcomes', {
          params: {
            query: { project: projectId, from: new Date(Date.now() - 3_600_000).toISOString() },
          },
        }),
      ),
    refetchInterval: isWaiting ? LOOKS_EVERY_MILLIS : false,
    enabled: isWaiting,
    staleTime: 0,
  });

/** Outcomes that say why something that came is no event. */
export function refusals(totals: readonly OutcomeTotal[]): OutcomeTotal[] {
  return totals.filter(
    (total) => total.outcome !== 'accepted' && total.outcome !== 'stored' && total.outcome !== 'duplicate',
  );
}
