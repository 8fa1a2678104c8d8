import { expect, it } from 'vitest';
import type { Limit } from '../../api/model';
import { draftOf, limitOf, limitWords } from './limit';

const LIMIT: Limit = {
  categories: ['error', 'default'],
  limit: 1_200,
  window_seconds: 60,
  reason_code: 'project_quota',
};

it('a limit is said in words', () => {
  expect(limitWords(LIMIT)).toBe('1,200 of error, default in 60 s');
  expect(limitWords({ ...LIMIT, categories: [] })).toBe('1,200 of everything in 60 s');
});

it('a limit that is shown and sent back is the same', () => {
  expect(limitOf(draftOf(LIMIT, 1))).toEqual(LIMIT);
});
