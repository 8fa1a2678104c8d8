import { expect, test } from 'vitest';
import { share } from './share';

test('a share says 100 % only where nothing failed, and nothing where there was no check', () => {
  expect(share(1)).toBe('100 %');
  expect(share(0.99999)).toBe('99.99 %');
  expect(share(0.5)).toBe('50.00 %');
  expect(share(0)).toBe('0.00 %');
  expect(share(null)).toBe('–');
});
