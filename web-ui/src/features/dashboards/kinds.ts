import type { DashboardWidget } from '../../api/model';
import { dashboardsTexts as texts } from './texts';

export type Kind = DashboardWidget['kind'];
export type Dataset = DashboardWidget['dataset'];
/** What the explorer knows. */
export type Explored = Exclude<Dataset, 'issues'>;

export const KINDS: readonly Kind[] = ['line', 'area', 'bar', 'number', 'table', 'top', 'issues'];
export const EXPLORED: readonly Explored[] = ['events', 'transactions', 'logs', 'spans'];
export const ISSUE_SORTS = ['last_seen', 'first_seen', 'events', 'users'] as const;

export const DEFAULT_ROWS = 10;
export const DEFAULT_GROUPS = 5;

export function isChart(kind: Kind): boolean {
  return kind === 'line' || kind === 'area' || kind === 'bar';
}

const SIZES: Readonly<Record<Kind, { w: number; h: number }>> = {
  line: { w: 6, h: 4 },
  area: { w: 6, h: 4 },
  bar: { w: 6, h: 4 },
  number: { w: 3, h: 2 },
  table: { w: 6, h: 5 },
  top: { w: 4, h: 4 },
  issues: { w: 6, h: 5 },
};

/** A widget to begin with. */
export function newWidget(y: number): DashboardWidget {
  return {
    title: texts.form.newTitle,
    kind: 'bar',
    dataset: 'events',
    query: '',
    y: ['count()'],
    fields: null,
    group: null,
    sort: null,
    limit: null,
    layout: { x: 0, y, ...SIZES.bar },
  };
}

/** What somebody writes of a widget; lists are texts with a line for each. */
export interface WidgetDraft {
  title: string;
  kind: Kind;
  dataset: Dataset;
  query: string;
  y: string;
  fields: string;
  group: string;
  sort: string;
  limit: string;
}

export function draftOf(widget: DashboardWidget): WidgetDraft {
  return {
    title: widget.title,
    kind: widget.kind,
    dataset: widget.dataset,
    query: widget.query,
    y: (widget.y ?? []).join('\n'),
    fields: (widget.fields ?? []).join('\n'),
    group: widget.group ?? '',
    sort: widget.sort ?? '',
    limit: widget.limit === null || widget.limit === undefined ? '' : String(widget.limit),
  };
}

function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** The draft with another kind, and what that needs to show anything. */
export function ofKind(draft: WidgetDraft, kind: Kind): WidgetDraft {
  if (kind === 'issues') return { ...draft, kind, dataset: 'issues', sort: 'last_seen' };
  const dataset = draft.dataset === 'issues' ? 'events' : draft.dataset;
  const y = lines(draft.y);
  return {
    ...draft,
    kind,
    dataset,
    y: (kind === 'number' || kind === 'top' ? y.slice(0, 1) : y).join('\n') || 'count()',
    fields: kind === 'table' && draft.fields === '' ? 'release\ncount()' : draft.fields,
    group: kind === 'top' && draft.group === '' ? 'release' : draft.group,
    sort: kind === 'table' ? (draft.kind === 'issues' ? '' : draft.sort) : '',
  };
}

/** The widget that a draft says: without what is of no use to its kind. */
export function widgetOf(draft: WidgetDraft, layout: DashboardWidget['layout']): DashboardWidget {
  const { kind, dataset, query } = draft;
  const group = draft.group.trim() === '' ? null : draft.group.trim();
  const sort = draft.sort.trim() === '' ? null : draft.sort.trim();
  const limit = draft.limit === '' ? null : Number(draft.limit);
  const base = {
    title: draft.title.trim(),
    kind,
    dataset,
    query: query.trim(),
    y: null,
    fields: null,
    group: null,
    sort: null,
    limit: null,
    layout,
  };
  switch (kind) {
    case 'line':
    case 'area':
    case 'bar':
      return { ...base, y: lines(draft.y), group, limit: group === null ? null : limit };
    case 'number':
      return { ...base, y: lines(draft.y) };
    case 'top':
      return { ...base, y: lines(draft.y), group, limit };
    case 'table':
      return { ...base, fields: lines(draft.fields), sort, limit };
    case 'issues':
      return { ...base, dataset: 'issues', sort, limit };
  }
}

/** The widget in the size that its kind usually has. */
export function sized(widget: DashboardWidget): DashboardWidget {
  return { ...widget, layout: { ...widget.layout, ...SIZES[widget.kind] } };
}
