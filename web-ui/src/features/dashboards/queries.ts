import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, value } from '../../api/client';
import type { DashboardWidget } from '../../api/model';
import { type Scope, oneOf, present, scopeQuery, text } from '../../app/search';
import { rows, series } from './explore';
import { DEFAULT_GROUPS, DEFAULT_ROWS, type Explored, ISSUE_SORTS } from './kinds';
import { both } from './words';

export interface DashboardsSearch {
  /** What names have in them. */
  query?: string | undefined;
}

export function validateDashboardsSearch(raw: Record<string, unknown>): DashboardsSearch {
  return present({ query: text(raw['query']) });
}

export interface DashboardSearch {
  /** A search that narrows all widgets. */
  filter?: string | undefined;
  /** '1' while it is being edited. */
  edit?: '1' | undefined;
}

export function validateDashboardSearch(raw: Record<string, unknown>): DashboardSearch {
  return present({ filter: text(raw['filter']), edit: oneOf(raw['edit'], ['1'] as const) });
}

const PAGE = 50;
export const SAVED = 'saved-dashboards';
export const WIDGETS = 'widgets';

export const dashboardsQuery = (query: string | undefined) =>
  infiniteQueryOptions({
    queryKey: [SAVED, 'list', query],
    queryFn: ({ pageParam }) =>
      value(
        api.GET('/api/v1/dashboards', {
          params: { query: present({ query, limit: PAGE, cursor: pageParam || undefined }) },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });

export const dashboardQuery = (id: number) =>
  queryOptions({
    queryKey: [SAVED, 'one', id],
    queryFn: () => value(api.GET('/api/v1/dashboards/{id}', { params: { path: { id } } })),
  });

export const templatesQuery = queryOptions({
  queryKey: ['dashboard-templates'],
  queryFn: () => value(api.GET('/api/v1/dashboard-templates')),
  staleTime: Infinity,
});

/** What a widget is asked with: the same question has the same answer, whatever its title and place are. */
export interface Question {
  widget: Pick<DashboardWidget, 'kind' | 'dataset' | 'query' | 'y' | 'fields' | 'group' | 'sort' | 'limit'>;
  scope: Scope;
  filter: string;
}

function options<T>(part: string, { widget, scope, filter }: Question, queryFn: () => Promise<T>) {
  const { kind, dataset, query, y, fields, group, sort, limit } = widget;
  const { project, environment, range, start, end } = scope;
  return queryOptions({
    queryKey: [
      WIDGETS,
      part,
      { kind, dataset, query, y, fields, group, sort, limit },
      { project, environment, range, start, end },
      filter,
    ],
    queryFn,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    retry: false,
  });
}

/** The dataset as the explorer names it; lists of issues ask otherwise. */
function exploredOf({ dataset }: Question['widget']): Explored {
  return dataset === 'issues' ? 'events' : dataset;
}

export const seriesQuery = (question: Question) =>
  options('series', question, () => {
    const { widget, scope, filter } = question;
    return series(exploredOf(widget), {
      ...scopeQuery(scope),
      y: widget.y ?? [],
      query: both(widget.query, filter),
      ...(widget.group ? { group: [widget.group], top: widget.limit ?? DEFAULT_GROUPS } : {}),
    });
  });

/** The columns of a widget that is a list of rows or groups, or one figure. */
export function fieldsOf({ kind, fields, group, y }: Question['widget']): string[] {
  if (kind === 'table') return fields ?? [];
  return [...(kind === 'top' && group ? [group] : []), ...(y ?? [])];
}

export const rowsQuery = (question: Question) =>
  options('rows', question, () => {
    const { widget, scope, filter } = question;
    const counted = widget.y?.[0];
    const sort = widget.kind === 'top' && counted ? `-${counted}` : (widget.sort ?? undefined);
    return rows(exploredOf(widget), {
      ...scopeQuery(scope),
      field: fieldsOf(widget),
      query: both(widget.query, filter),
      limit: widget.kind === 'number' ? 1 : (widget.limit ?? DEFAULT_ROWS),
      ...present({ sort }),
    });
  });

export const issuesQuery = (question: Question) =>
  options('issues', question, () => {
    const { widget, scope, filter } = question;
    return value(
      api.GET('/api/v1/issues', {
        params: {
          query: {
            ...scopeQuery(scope),
            query: both(widget.query, filter),
            sort: oneOf(widget.sort, ISSUE_SORTS) ?? 'last_seen',
            limit: widget.limit ?? DEFAULT_ROWS,
          },
        },
      }),
    );
  });
