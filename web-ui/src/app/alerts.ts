import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { api, value } from '../api/client';
import { present } from './search';

/** What the alert pages and the page of an issue ask of alerts. */

export const rulesQuery = (projects: string[]) =>
  queryOptions({
    queryKey: ['alerts', 'rules', projects],
    queryFn: () =>
      value(
        api.GET('/api/v1/alert-rules', {
          params: {
            query: present({ project: projects.length > 0 ? projects : undefined, limit: MOST_RULES }),
          },
        }),
      ),
  });

const MOST_RULES = 200;

export const firingsOfIssueQuery = (issue: number, limit: number) =>
  queryOptions({
    queryKey: ['alerts', 'firings', 'issue', issue, limit],
    queryFn: () => value(api.GET('/api/v1/alert-firings', { params: { query: { issue, limit } } })),
  });

export const snoozesQuery = (filter: { project?: string[]; issue?: number; rule?: number }) =>
  queryOptions({
    queryKey: ['alerts', 'snoozes', filter],
    queryFn: () => value(api.GET('/api/v1/alert-snoozes', { params: { query: filter } })),
  });

/** What is snoozed: a rule, an issue, or a rule for an issue. */
export interface Snoozed {
  rule?: number;
  issue?: number;
}

export type Who = 'me' | 'everyone';

/** Begins and ends snoozes, and has every list that shows them asked for again. */
export function useSnoozes() {
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries({ queryKey: ['alerts'] });
  const snooze = async (what: Snoozed, who: Who, minutes: number | undefined) => {
    await value(api.POST('/api/v1/alert-snoozes', { body: { ...what, who, ...present({ minutes }) } }));
    await refresh();
  };
  const unsnooze = async (what: Snoozed, who: Who) => {
    await value(api.DELETE('/api/v1/alert-snoozes', { params: { query: { ...what, mine: who === 'me' } } }));
    await refresh();
  };
  return { snooze, unsnooze };
}
