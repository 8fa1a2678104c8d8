import { expect, it } from 'vitest';
import { insideOnly } from './next';

it('a login goes on to pages of this installation only', () => {
  expect(insideOnly('/issues?range=7d')).toBe('/ui/issues?range=7d');
  expect(insideOnly('/ui/events')).toBe('/ui/events');
  for (const outside of [
    '//evil.example',
    'https://evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    undefined,
  ]) {
    expect(insideOnly(outside)).toBe('/ui/issues');
  }
});
