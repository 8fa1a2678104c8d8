import { describe, expect, it } from 'vitest';
import { attributeField, logFilter, narrowed, toggled, validateLogsSearch } from './queries';

describe('what the address of the logs says', () => {
  it('is what is known of it, in its order', () => {
    expect(
      validateLogsSearch({ level: 'error,loud,debug', trace: '4C79F60C-1121-4eb3-8604-f4ae0781bfb2' }),
    ).toEqual({ level: 'debug,error', trace: '4c79f60c11214eb38604f4ae0781bfb2' });
    expect(validateLogsSearch({ level: 'loud', trace: 'none', query: ' ' })).toEqual({});
  });

  it('chooses severities, of which all are as none', () => {
    expect(toggled({}, 'error')).toBe('error');
    expect(toggled({ level: 'error' }, 'fatal')).toBe('error,fatal');
    expect(toggled({ level: 'error' }, 'error')).toBeUndefined();
    expect(toggled({ level: 'debug,info,warn,error,fatal' }, 'trace')).toBeUndefined();
  });

  it('is asked of the API', () => {
    expect(
      logFilter({
        start: '2026-11-20T12:00:00Z',
        end: '2026-11-20T13:00:00Z',
        level: 'warn,error',
        query: 'a',
      }),
    ).toEqual({
      start: '2026-11-20T12:00:00Z',
      end: '2026-11-20T13:00:00Z',
      level: ['warn', 'error'],
      query: 'a',
    });
  });
});

describe('a search that is narrowed', () => {
  it('has one term more, quoted where it has to be, and none twice', () => {
    expect(narrowed(undefined, 'cart', 'c-7', true)).toBe('cart:c-7');
    expect(narrowed('level:error', 'shop name', 'say "hi" *', false)).toBe(
      'level:error !tags[shop name]:"say \\"hi\\" \\*"',
    );
    expect(narrowed('items:3', 'items', 3, true)).toBe('items:3');
    expect(narrowed('a', 'list', [1, 2], true)).toBe('a list:"[1,2]"');
  });

  it('compares whole terms, and narrows all of what is alternative', () => {
    expect(narrowed('cart:c-71', 'cart', 'c-7', true)).toBe('cart:c-71 cart:c-7');
    expect(narrowed('!cart:c-7', 'cart', 'c-7', true)).toBe('cart:c-7');
    expect(narrowed('a or cart:c-7', 'cart', 'c-7', true)).toBe('(a or cart:c-7) cart:c-7');
    expect(narrowed('(a OR b)', 'cart', 'c-7', true)).toBe('(a OR b) cart:c-7');
    expect(narrowed('(a OR cart:c-7 b)', 'cart', 'c-7', true)).toBe('(a OR cart:c-7 b) cart:c-7');
    expect(narrowed('"a or b"', 'cart', 'c-7', true)).toBe('"a or b" cart:c-7');
    expect(narrowed('', 'path', String.raw`C:\temp\a b`, true)).toBe(String.raw`path:"C:\temp\a b"`);
  });

  it('tells attributes from fields of the same name', () => {
    expect(attributeField('cart')).toBe('cart');
    expect(attributeField('severity-text')).toBe('tags[severity-text]');
    expect(narrowed('', attributeField('level'), 'high', true)).toBe('tags[level]:high');
  });
});
