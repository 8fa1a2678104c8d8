import { useState } from 'react';
import type { DashboardWidget, SavedDashboard } from '../../api/model';
import { type Layout, below, placed, withoutGaps } from './layout';

/** What is being written of a dashboard. Each widget has a key of its own, which stays while others come and go. */
export interface Draft {
  name: string;
  description: string;
  shared: boolean;
  widgets: readonly KeyedWidget[];
}

export interface KeyedWidget {
  key: number;
  widget: DashboardWidget;
}

export interface DraftActions {
  set: (part: Partial<Omit<Draft, 'widgets'>>) => void;
  add: (widget: DashboardWidget) => void;
  replace: (key: number, widget: DashboardWidget) => void;
  duplicate: (key: number) => void;
  remove: (key: number) => void;
  /** Puts a widget somewhere; with {@link from}, as if nothing had been moved since these places. */
  place: (key: number, layout: Layout, from?: ReadonlyMap<number, Layout>) => void;
  closeGaps: () => void;
}

export function draftOf(dashboard: SavedDashboard): Draft {
  return {
    name: dashboard.name,
    description: dashboard.description ?? '',
    shared: dashboard.shared,
    widgets: keyed(dashboard.widgets),
  };
}

export function keyed(widgets: readonly DashboardWidget[]): KeyedWidget[] {
  return widgets.map((widget, key) => ({ key, widget }));
}

function laidOut(widgets: readonly KeyedWidget[], layouts: readonly Layout[]): KeyedWidget[] {
  return widgets.map((one, index) => ({
    ...one,
    widget: { ...one.widget, layout: layouts[index] ?? one.widget.layout },
  }));
}

function layoutsOf(widgets: readonly KeyedWidget[]): Layout[] {
  return widgets.map(({ widget }) => widget.layout);
}

/** The places of now, to come back to while something is dragged. */
export function placesOf(widgets: readonly KeyedWidget[]): Map<number, Layout> {
  return new Map(widgets.map(({ key, widget }) => [key, widget.layout]));
}

function added(widgets: readonly KeyedWidget[], widget: DashboardWidget): KeyedWidget[] {
  const layout = { ...widget.layout, x: 0, y: below(layoutsOf(widgets)) };
  return [
    ...widgets,
    { key: 1 + Math.max(-1, ...widgets.map(({ key }) => key)), widget: { ...widget, layout } },
  ];
}

/** What is written of a dashboard until it is saved. */
export function useDraft(dashboard: SavedDashboard): [Draft, DraftActions] {
  const [draft, setDraft] = useState(() => draftOf(dashboard));
  const change = (next: (widgets: readonly KeyedWidget[]) => readonly KeyedWidget[]) =>
    setDraft((before) => ({ ...before, widgets: next(before.widgets) }));
  return [
    draft,
    {
      set: (part) => setDraft((before) => ({ ...before, ...part })),
      add: (widget) => change((widgets) => added(widgets, widget)),
      replace: (key, widget) =>
        change((widgets) => widgets.map((one) => (one.key === key ? { key, widget } : one))),
      duplicate: (key) =>
        change((widgets) => {
          const one = widgets.find((other) => other.key === key);
          return one ? added(widgets, one.widget) : widgets;
        }),
      remove: (key) => change((widgets) => widgets.filter((one) => one.key !== key)),
      place: (key, layout, from) =>
        change((widgets) => {
          const index = widgets.findIndex((one) => one.key === key);
          const layouts = widgets.map(({ key: other, widget }) => from?.get(other) ?? widget.layout);
          return laidOut(widgets, placed(layouts, index, layout));
        }),
      closeGaps: () => change((widgets) => laidOut(widgets, withoutGaps(layoutsOf(widgets)))),
    },
  ];
}
