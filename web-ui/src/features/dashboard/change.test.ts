import { expect, test } from 'vitest';
import { countChange, percent, shareChange } from './change';

test.each([
  [10, 10, 'as many as before'],
  [15, 10, '5 more (50 %) than in the time before'],
  [0, 1_200, '1,200 fewer (100 %) than in the time before'],
  [7, 0, '7 more than in the time before'],
])('%d after %d is %s', (now, before, words) => {
  expect(countChange(now, before)).toBe(words);
});

test.each([
  [null, 0.5, 'No sessions'],
  [0.5, null, ''],
  [0.5, 0.5, 'as before'],
  [0.995, 0.99, '0.50 points higher than in the time before'],
  [0.99, 1, '1.00 points lower than in the time before'],
])('a share of %d after %d is %s', (now, before, words) => {
  expect(shareChange(now, before)).toBe(words);
});

test('a share is whole only if it is all', () => {
  expect(percent(1)).toBe('100.00 %');
  expect(percent(0.999_99)).toBe('99.99 %');
});
