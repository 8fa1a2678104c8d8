import { expect, test } from 'vitest';
import { hasOuterOr, hasTerm, narrowed, termOf } from './narrow';

test('values are quoted where the language needs it', () => {
  expect(termOf('level', 'error')).toBe('level:error');
  expect(termOf('user', 'id 7')).toBe('user:"id 7"');
  expect(termOf('browser.name', 'Mobile "Safari"*')).toBe('browser.name:"Mobile \\"Safari\\"\\*"');
  expect(termOf('culprit', String.raw`App\Models\User`)).toBe(String.raw`culprit:App\Models\User`);
  expect(termOf('culprit', String.raw`C:\*`)).toBe(String.raw`culprit:C:\\\*`);
  expect(termOf('tags[cart,number]', '7', true)).toBe('!tags[cart]:7');
  expect(termOf('tags[level]', 'gold')).toBe('tags[level]:gold');
  expect(termOf('a b', 'c')).toBe('tags[a b]:c');
  expect(termOf('release', null)).toBe('!has:release');
  expect(termOf('release', null, true)).toBe('has:release');
});

test('a query is narrowed once, and not against itself', () => {
  expect(narrowed(undefined, 'level:error')).toBe('level:error');
  expect(narrowed('a level:error', 'level:error')).toBe('a level:error');
  expect(narrowed('a !level:error b', 'level:error')).toBe('a b level:error');
  expect(hasTerm('a level:error', 'level:error')).toBe(true);
  expect(hasTerm('a level:errors', 'level:error')).toBe(false);
});

test('alternatives stay together', () => {
  expect(narrowed('a or b', 'level:error')).toBe('(a or b) level:error');
  expect(narrowed('(a or b) x', 'y')).toBe('(a or b) x y');
  expect(narrowed('(a) OR (b)', 'y')).toBe('((a) OR (b)) y');
  expect(narrowed('(a OR !y OR b)', 'y')).toBe('(a OR !y OR b) y');
  expect(narrowed('(a OR b) y', 'y')).toBe('(a OR b) y');
  expect(hasOuterOr('a "or" b')).toBe(false);
});
