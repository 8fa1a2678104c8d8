import type { Series } from '../../ui/TimeChart';
import type { ExploredSeries } from './explore';
import type { Cell } from './figures';
import { cellText } from './figures';
import { dashboardsTexts as texts } from './texts';

/** Told apart in both themes, the first by all eyes. */
const COLORS = [
  'accent',
  'info',
  'warning',
  'fatal',
  'debug',
  'error',
  'code-keyword',
  'code-type',
  'ink-2',
  'control',
] as const;

/** What a function counts, where the answer does not say it. */
export function typeOf(counted: string): string | undefined {
  if (counted.startsWith('failure_rate(')) return 'percentage';
  return /^(p\d+|avg|min|max|sum)\((transaction\.|span\.)?duration\)$/.test(counted) ? 'duration' : undefined;
}

/** A group in words: its values, in the order of its fields. */
function groupName(group: Readonly<Record<string, unknown>>): string {
  return Object.values(group)
    .map((one) => cellText(one as Cell, undefined) || texts.widget.none)
    .join(', ');
}

/** The answer as a chart draws it. Several figures have their own names, groups those of their values. */
export function chartOf(answer: ExploredSeries): { times: number[]; series: Series[] } {
  const times = answer.series[0]?.values.map(([at]) => (at ?? 0) * 1_000) ?? [];
  const names = new Set<string>();
  const series = answer.series.map((one, index) => {
    const name = groupName(one.group) || one.name;
    const label = names.has(name) ? `${name} (${index + 1})` : name;
    names.add(label);
    return {
      label,
      color: COLORS[index % COLORS.length] ?? COLORS[0],
      values: one.values.map(([, figure]) => figure ?? null),
    };
  });
  return { times, series };
}

/** Whether there is anything to draw. */
export function isEmpty(series: readonly Series[]): boolean {
  return series.every(({ values }) => values.every((value) => value === null || value === 0));
}
