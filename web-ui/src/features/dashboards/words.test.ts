import { expect, test } from 'vitest';
import { both, equal, isFunction } from './words';

test('two searches keep their own meaning together', () => {
  expect(both('level:error OR level:fatal', 'release:1')).toBe('(level:error OR level:fatal) (release:1)');
  expect(both(' level:error ', '')).toBe('level:error');
  expect(both('', '')).toBe('');
});

test('a value is what it is, whatever stands in it', () => {
  expect(equal('release', 'shop@1.4 "beta" *')).toBe(String.raw`release:"shop@1.4 \"beta\" \*"`);
  expect(equal('my key', String.raw`a\b`)).toBe(String.raw`tags[my key]:a\b`);
  expect(equal('tags[level]', 'x')).toBe('tags[level]:x');
  expect(equal('release', null)).toBe('!has:release');
  expect(equal('release', '')).toBe('!has:release');
});

test('functions are told from fields', () => {
  expect(['count()', 'p95(duration)', 'count_unique(user)'].every(isFunction)).toBe(true);
  expect(['release', 'tags[a(b)]', 'Count()'].some(isFunction)).toBe(false);
});
