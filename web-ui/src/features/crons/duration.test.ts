import { expect, test } from 'vitest';
import { duration } from './duration';

test.each([
  [null, ''],
  [0, '0 ms'],
  [999, '999 ms'],
  [1_500, '1.5 s'],
  [42_400, '42 s'],
  [90_000, '1 min 30 s'],
  [3_600_000, '1 h 0 min'],
  [90_061_000, '25 h 1 min'],
])('%s is shown as "%s"', (millis, shown) => {
  expect(duration(millis)).toBe(shown);
});
