import { describe, expect, it } from 'vitest';
import { parseSearch, scopeQuery, stringifySearch, validateScope } from './search';

describe('the address', () => {
  it('is readable, and read back the same', () => {
    const search = { range: '7d', query: 'is:unresolved a/b', project: 'web,api', none: undefined };
    const written = stringifySearch(search);
    expect(written).toBe('?range=7d&query=is:unresolved+a/b&project=web,api');
    expect(parseSearch(written)).toEqual({ range: '7d', query: 'is:unresolved a/b', project: 'web,api' });
  });

  it('keeps what would break it', () => {
    const search = { query: '50% & more + "x" #1' };
    expect(parseSearch(stringifySearch(search))).toEqual(search);
  });
});

describe('the scope', () => {
  it('drops what it does not know, and what is said by being absent', () => {
    expect(validateScope({ range: 'evil', project: 'web', sort: 'x' })).toEqual({ project: 'web' });
    expect(validateScope({ range: '24h' })).toEqual({});
  });

  it('takes a window only whole and the right way round', () => {
    const start = '2026-11-26T10:00:00.000Z';
    const end = '2026-11-26T11:00:00.000Z';
    expect(validateScope({ start, end, range: '7d' })).toEqual({ start, end });
    expect(validateScope({ start: end, end: start, range: '7d' })).toEqual({ range: '7d' });
    expect(validateScope({ start })).toEqual({});
  });

  it('is asked for with a beginning at a full minute', () => {
    const now = new Date('2026-11-26T12:00:42Z');
    expect(scopeQuery({ project: 'web,api' }, now)).toEqual({
      project: ['web', 'api'],
      start: '2026-11-25T12:00:00.000Z',
    });
  });
});
