import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, value } from '../../api/client';
import type { AlertRuleDefinition, DeliveryState } from '../../api/model';
import { oneOf, present } from '../../app/search';
import { DELIVERY_STATES } from './deliveryQueries';

export const LIST_TABS = ['firing', 'rules', 'deliveries', 'received'] as const;
export type ListTab = (typeof LIST_TABS)[number];
export const RULE_TABS = ['rule', 'backtest', 'history'] as const;
export type RuleTab = (typeof RULE_TABS)[number];

export interface AlertsSearch {
  tab?: ListTab | undefined;
  /** Of the deliveries that are listed. */
  state?: DeliveryState | undefined;
}

export interface RuleSearch {
  tab?: RuleTab | undefined;
}

export const validateAlertsSearch = (raw: Record<string, unknown>): AlertsSearch => {
  const tab = oneOf(raw['tab'], LIST_TABS);
  return present({
    tab: tab === 'firing' ? undefined : tab,
    state: tab === 'deliveries' ? oneOf(raw['state'], DELIVERY_STATES) : undefined,
  });
};

export const validateRuleSearch = (raw: Record<string, unknown>): RuleSearch => {
  const tab = oneOf(raw['tab'], RULE_TABS);
  return present({ tab: tab === 'rule' ? undefined : tab });
};

const FIRING = 100;
const EVERY_MILLIS = 15_000;

export const firingNowQuery = (projects: string[]) =>
  queryOptions({
    queryKey: ['alerts', 'firings', 'now', projects],
    queryFn: () =>
      value(
        api.GET('/api/v1/alert-firings', {
          params: {
            query: present({
              project: projects.length > 0 ? projects : undefined,
              now: true,
              limit: FIRING,
            }),
          },
        }),
      ),
    refetchInterval: EVERY_MILLIS,
  });

/** What is edited is read anew whenever its page opens, and never behind the back of who edits it. */
export const ruleQuery = (id: number) =>
  queryOptions({
    queryKey: ['alert-rule', id],
    queryFn: () => value(api.GET('/api/v1/alert-rules/{id}', { params: { path: { id } } })),
    staleTime: Infinity,
    gcTime: 0,
  });

const PAGE = 50;

export const historyQuery = (id: number) =>
  infiniteQueryOptions({
    queryKey: ['alerts', 'firings', 'rule', id],
    queryFn: ({ pageParam }) =>
      value(
        api.GET('/api/v1/alert-rules/{id}/firings', {
          params: { path: { id }, query: present({ limit: PAGE, cursor: pageParam || undefined }) },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });

export const BACKTEST_DAYS = 14;

export const backtestQuery = (project: string, rule: AlertRuleDefinition) =>
  queryOptions({
    queryKey: ['alert-backtest', project, rule],
    queryFn: () =>
      value(
        api.POST('/api/v1/alert-rules/backtest', {
          params: { query: { project } },
          body: { rule, days: BACKTEST_DAYS },
        }),
      ),
    staleTime: 60_000,
    retry: false,
    placeholderData: keepPreviousData,
  });

export const previewQuery = (project: string, subject: string, body: string) =>
  queryOptions({
    queryKey: ['alert-preview', project, subject, body],
    queryFn: () =>
      value(
        api.POST('/api/v1/alert-rules/preview', {
          params: { query: { project } },
          body: present({ subject: subject || undefined, body: body || undefined }),
        }),
      ),
    enabled: subject !== '' || body !== '',
    retry: false,
    placeholderData: keepPreviousData,
  });

export const teamsQuery = queryOptions({
  queryKey: ['teams'],
  queryFn: () => value(api.GET('/api/v1/teams')),
  staleTime: 60_000,
});
