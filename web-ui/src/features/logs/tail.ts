import type { Log } from '../../api/model';

/** As many as a page can show that is never left. */
export const MOST_FRESH = 2_000;

/** What came in since the list was read. */
export interface Tail {
  /** The newest first. */
  fresh: readonly Log[];
  /** How many were not told, or had to go for newer ones. */
  leftOut: number;
}

export const EMPTY_TAIL: Tail = { fresh: [], leftOut: 0 };

/** Adds what the stream tells, the oldest first, and forgets the oldest where there are too many. */
export function told(tail: Tail, logs: readonly Log[], leftOut: number): Tail {
  const known = new Set(tail.fresh.map((log) => log.id));
  const all = [...logs.filter((log) => !known.has(log.id)).toReversed(), ...tail.fresh];
  return {
    fresh: all.slice(0, MOST_FRESH),
    leftOut: tail.leftOut + leftOut + Math.max(0, all.length - MOST_FRESH),
  };
}

/** What came in and what was read as one list by time, each once, the newest first. */
export function merged(fresh: readonly Log[], read: readonly Log[]): Log[] {
  const known = new Set(read.map((log) => log.id));
  const added = fresh.filter((log) => !known.has(log.id));
  if (added.length === 0) return [...read];
  // Times of one form and one zone are in the order of their texts; what is equal stays as it is.
  return [...added, ...read].toSorted((one, other) => compare(other.timestamp, one.timestamp));
}

function compare(one: string, other: string): number {
  const millis = Date.parse(one) - Date.parse(other);
  return millis !== 0 ? millis : one < other ? -1 : one > other ? 1 : 0;
}
