import type { ReleaseStats } from '../../api/model';

const MAX_POINTS = 120;
const HOUR = 3_600_000;

/** The beginnings of equal intervals between two times, so many whole hours long that there are not too many. */
export function intervals(from: number, to: number): number[] {
  const step = Math.max(1, Math.ceil((to - from) / HOUR / MAX_POINTS)) * HOUR;
  const begin = Math.floor(from / step) * step;
  return Array.from(
    { length: Math.max(1, Math.ceil((to - begin) / step)) },
    (_, index) => begin + index * step,
  );
}

/** How many events of a release each of the intervals has. */
export function countsOf({ hours }: Pick<ReleaseStats, 'hours'>, times: readonly number[]): number[] {
  const [begin = 0, second = begin + HOUR] = times;
  const counts = times.map(() => 0);
  for (const { hour, events } of hours) {
    const index = Math.floor((Date.parse(hour) - begin) / (second - begin));
    if (counts[index] !== undefined) counts[index] += events;
  }
  return counts;
}
