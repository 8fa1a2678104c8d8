import { expect, test } from 'vitest';
import { change } from './change';

test('a difference is told by words, not by a sign alone', () => {
  expect(change(1_204, 4)).toBe('↑ 1,200 more');
  expect(change(3, 5)).toBe('↓ 2 fewer');
  expect(change(7, 7)).toBe('the same');
});
