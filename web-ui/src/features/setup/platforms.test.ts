import { describe, expect, it } from 'vitest';
import { PLATFORMS, filled, platformOf, storeAddress } from './platforms';

const DSN = 'https://abc123@errors.example.com/path/7';

describe('platforms', () => {
  it('are a dozen and more, each with the DSN in its code', () => {
    expect(PLATFORMS.length).toBeGreaterThanOrEqual(12);
    for (const platform of PLATFORMS) {
      const code = filled(platform.code, DSN);
      expect(code, platform.id).toMatch(/abc123/);
      expect(code, platform.id).not.toMatch(/\{dsn\}|\{store\}/);
    }
  });

  it('have a form for what is none of them', () => {
    expect(platformOf('cobol').id).toBe('other');
    expect(storeAddress(DSN)).toBe('https://errors.example.com/path/api/7/store/?sentry_key=abc123');
  });
});
