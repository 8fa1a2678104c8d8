/** Searches put together of parts. */

import { termOf } from '../../app/query/narrow';

/** A search that wants what both want. */
export function both(one: string, other: string): string {
  const parts = [one.trim(), other.trim()].filter((part) => part !== '');
  return parts.length < 2 ? (parts[0] ?? '') : parts.map((part) => `(${part})`).join(' ');
}

/** A search for a field with a value; without one, for what lacks the field. */
export function equal(field: string, value: string | number | boolean | null | undefined): string {
  return termOf(field, value === null || value === undefined || value === '' ? null : String(value));
}

/** Whether a column counts something, and is no field. */
export function isFunction(field: string): boolean {
  return /^[a-z][a-z0-9_]*\([^()]*\)$/.test(field);
}
