import { expect, test } from 'vitest';
import type { SimilarIssue } from '../../api/model';
import { alikeReasons, alikeWords } from './similar';

test('a score is told in words', () => {
  expect([0.5, 0.64, 0.65, 0.84, 0.85, 1].map(alikeWords)).toEqual([
    'Somewhat similar',
    'Somewhat similar',
    'Similar',
    'Similar',
    'Very similar',
    'Very similar',
  ]);
});

test('only what two issues have in common is named', () => {
  const of = (type: number | null, frames: number | null, message: number | null) =>
    alikeReasons({ score: 1, type, frames, message } as SimilarIssue);
  expect(of(1, 0.504, 1)).toBe('same type, 50 % of the frames, 100 % of the words');
  expect(of(0, 1, null)).toBe('100 % of the frames');
  expect(of(null, null, 0.7)).toBe('70 % of the words');
});
