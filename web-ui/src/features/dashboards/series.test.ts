import { expect, test } from 'vitest';
import type { ExploredSeries } from './explore';
import { chartOf, isEmpty, typeOf } from './series';

function answer(series: ExploredSeries['series']): ExploredSeries {
  return { series };
}

test('groups are named by their values, figures by themselves', () => {
  const grouped = chartOf(
    answer([
      {
        name: 'count()',
        group: { release: 'shop@1' },
        values: [
          [60, 1],
          [120, null],
        ],
      },
      {
        name: 'count()',
        group: { release: null },
        values: [
          [60, 2],
          [120, 3],
        ],
      },
    ]),
  );
  expect(grouped.times).toEqual([60_000, 120_000]);
  expect(grouped.series.map(({ label, values }) => [label, values])).toEqual([
    ['shop@1', [1, null]],
    ['(none)', [2, 3]],
  ]);
  expect(new Set(grouped.series.map(({ color }) => color)).size).toBe(2);
  const plain = chartOf(answer([{ name: 'p95(duration)', group: {}, values: [[60, 12.5]] }]));
  expect(plain.series[0]?.label).toBe('p95(duration)');
});

test('nothing but zeros and gaps is nothing', () => {
  expect(isEmpty([{ label: 'a', color: 'accent', values: [0, null] }])).toBe(true);
  expect(isEmpty([{ label: 'a', color: 'accent', values: [0, 1] }])).toBe(false);
  expect(isEmpty([])).toBe(true);
});

test('durations and rates are known by their functions', () => {
  expect(
    ['p95(duration)', 'avg(transaction.duration)', 'failure_rate()', 'count()', 'p50(x)'].map(typeOf),
  ).toEqual(['duration', 'duration', 'percentage', undefined, undefined]);
});
