import { expect, test } from 'vitest';
import { moved, splitFields } from './fields';

test('fields are split at the commas between them', () => {
  expect(splitFields('level,tags[cart,number],p95(tags[a,number]),level')).toEqual([
    'level',
    'tags[cart,number]',
    'p95(tags[a,number])',
  ]);
  expect(splitFields(undefined)).toEqual([]);
  expect(splitFields('a[[,b')).toEqual(['a[[,b']);
});

test('an entry is moved as far as there are places', () => {
  expect(moved(['a', 'b', 'c'], 'c', -1)).toEqual(['a', 'c', 'b']);
  expect(moved(['a', 'b', 'c'], 'a', -1)).toEqual(['a', 'b', 'c']);
  expect(moved(['a', 'b', 'c'], 'a', 7)).toEqual(['b', 'c', 'a']);
  expect(moved(['a'], 'x', 1)).toEqual(['a']);
});
