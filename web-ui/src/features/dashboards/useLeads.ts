import { useNavigate } from '@tanstack/react-router';
import type { Scope } from '../../app/search';
import { both, equal, isFunction } from './words';
import type { Cell } from './figures';
import { type Question, fieldsOf } from './queries';

/** Where what a widget shows can be looked at one by one. */
export interface Leads {
  /** To what happened in an interval; absent if no page shows the dataset. */
  interval: ((start: Date, end: Date) => void) | undefined;
  /** What leads to the rows of a group, or to all. */
  search: (row?: Readonly<Record<string, unknown>>) => EventsSearch | undefined;
}

interface EventsSearch extends Omit<Scope, 'range'> {
  range?: Scope['range'];
  query: string | undefined;
}

/** A search for the rows of a group: what the widget wants, and the values of its fields. */
export function searchOf(
  { widget, filter }: Question,
  row: Readonly<Record<string, unknown>> | undefined,
): string {
  const fields = row ? fieldsOf(widget).filter((field) => !isFunction(field)) : [];
  return fields.reduce(
    (query, field) => both(query, equal(field, row?.[field] as Exclude<Cell, readonly unknown[]>)),
    both(widget.query, filter),
  );
}

/** The ways from a widget to what it counts. */
export function useLeads(question: Question): Leads {
  const navigate = useNavigate();
  const { scope, widget } = question;
  const search = (row?: Readonly<Record<string, unknown>>): EventsSearch | undefined =>
    widget.dataset === 'events' ? { ...scope, query: searchOf(question, row) || undefined } : undefined;
  const interval = (start: Date, end: Date) => {
    const leads = search();
    if (!leads) return;
    void navigate({
      to: '/events',
      search: { ...leads, range: undefined, start: start.toISOString(), end: end.toISOString() },
    });
  };
  return { interval: widget.dataset === 'events' ? interval : undefined, search };
}
