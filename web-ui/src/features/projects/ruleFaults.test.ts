import { expect, it } from 'vitest';
import { faultOf } from './ruleFaults';

it('a fault of rules has its place, and words without the place', () => {
  expect(faultOf("line 2, column 9: fingerprint rules: found the end of the line (expected: ':')")).toEqual({
    message: "Line 2, column 9: found the end of the line (expected: ':')",
    place: { line: 2, column: 9 },
  });
});

it('a fault without a place stays as it is', () => {
  expect(faultOf('size must be between 0 and 50000')).toEqual({
    message: 'size must be between 0 and 50000',
    place: undefined,
  });
  expect(faultOf(undefined)).toBeUndefined();
});
