import { exactNumber, localTime, shortNumber } from '../../ui/format';

/** What a row of the explorer has in a column. */
export type Cell = string | number | boolean | null | readonly unknown[] | undefined;

const SECOND_MILLIS = 1_000;
const MINUTE_MILLIS = 60_000;
const PERCENT = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 2 });
const NUMBER = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });

/** Milliseconds as people read them. */
export function duration(millis: number): string {
  const size = Math.abs(millis);
  if (size < SECOND_MILLIS) return `${NUMBER.format(millis)} ms`;
  if (size < 2 * MINUTE_MILLIS) return `${NUMBER.format(millis / SECOND_MILLIS)} s`;
  return `${NUMBER.format(millis / MINUTE_MILLIS)} min`;
}

/** A number by its type in the answer. */
export function figure(value: number, type: string | undefined): string {
  if (type === 'duration') return duration(value);
  if (type === 'percentage') return PERCENT.format(value);
  return Number.isInteger(value) ? shortNumber(value) : NUMBER.format(value);
}

/** The same, with nothing left out. */
export function exactFigure(value: number, type: string | undefined): string {
  return type === 'duration' || type === 'percentage' ? figure(value, type) : exactNumber(value);
}

/** What stands in a cell, as text; nothing for what is not there. */
export function cellText(value: Cell, type: string | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return figure(value, type);
  if (type === 'date' && typeof value === 'string' && !Number.isNaN(Date.parse(value))) {
    return localTime(new Date(value));
  }
  return Array.isArray(value) ? value.map(String).join(', ') : String(value);
}
