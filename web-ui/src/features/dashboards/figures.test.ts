import { expect, test } from 'vitest';
import { cellText, duration, figure } from './figures';

test('durations are told in the unit that fits', () => {
  expect([0.5, 250, 999, 1_500, 90_000, 600_000].map(duration)).toEqual([
    '0.5 ms',
    '250 ms',
    '999 ms',
    '1.5 s',
    '90 s',
    '10 min',
  ]);
});

test('numbers are told by their type', () => {
  expect(figure(0.0421, 'percentage')).toBe('4.21%');
  expect(figure(1_204, 'integer')).toBe('1,204');
  expect(figure(12_345, 'integer')).toBe('12.3K');
  expect(figure(1.239, 'number')).toBe('1.24');
});

test('a cell without a value is empty', () => {
  expect([cellText(null, 'string'), cellText(undefined, 'number'), cellText('', 'string')]).toEqual([
    '',
    '',
    '',
  ]);
  expect(cellText(['a', 'b'], 'array')).toBe('a, b');
  expect(cellText(true, 'boolean')).toBe('true');
});
