import { describe, expect, it } from 'vitest';
import { issueIdOf } from './shortId';

describe('the issue that an address names', () => {
  it('is that of a number or of the letters of a short id', () => {
    expect(issueIdOf('42')).toBe(42);
    expect(issueIdOf('WEB-1A')).toBe(42);
    expect(issueIdOf('shop-api-1a')).toBe(42);
  });

  it('is none of anything else', () => {
    for (const text of ['', 'web', '-1A', 'web-', 'web-1O', '1234567890123456', 'web-11111111111']) {
      expect(issueIdOf(text)).toBeUndefined();
    }
  });
});
