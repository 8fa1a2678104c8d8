import { describe, expect, it } from 'vitest';
import { completionAt, mentions, tokenize, unquoted, writtenKey, writtenValue } from './tokens';

/** The kinds with what they are of: "key level: value error". */
const said = (query: string) =>
  tokenize(query)
    .filter((token) => token.kind !== 'blank')
    .map((token) => `${token.kind} ${query.slice(token.start, token.end)}`);

/** What is typed where the bar stands. */
const at = (marked: string) => completionAt(marked.replace('|', ''), marked.indexOf('|'));

describe('tokenize', () => {
  it.each([
    ['level:error', ['key level:', 'value error']],
    ['!level:error', ['not !', 'key level:', 'value error']],
    ['timesSeen:>=100', ['key timesSeen:', 'operator >=', 'value 100']],
    ['message:"a b" c', ['key message:', 'value "a b"', 'text c']],
    [
      'level:[error, "a b", d*]',
      [
        'key level:',
        'bracket [',
        'value error',
        'bracket ,',
        'value "a b"',
        'bracket ,',
        'value d*',
        'bracket ]',
      ],
    ],
    [
      '(a OR b) and NOT c',
      ['paren (', 'text a', 'logic OR', 'text b', 'paren )', 'logic and', 'logic NOT', 'text c'],
    ],
    ['tags[level]:x', ['key tags[level]:', 'value x']],
    ['tags[n,number]:>3', ['key tags[n,number]:', 'operator >', 'value 3']],
    ['"my key":v', ['key "my key":', 'value v']],
    ['url:http://a.b:80/c', ['key url:', 'value http://a.b:80/c']],
    ['count():>5', ['key count():', 'operator >', 'value 5']],
    ['foo:', ['key foo:']],
    [
      String.raw`path:C:\temp stack.function:parse()`,
      [String.raw`key path:`, String.raw`value C:\temp`, 'key stack.function:', 'value parse()'],
    ],
    ['http://a.b Shop::Cart', ['text http://a.b', 'text Shop::Cart']],
    ['android', ['text android']],
    ['level:[error', ['key level:', 'bracket [', 'value error']],
    ['"open', ['text "open']],
    ['größe:ü', ['text größe:ü']],
  ])('%s', (query, expected) => {
    expect(said(query)).toEqual(expected);
  });

  it('leaves no gap, whatever is typed', () => {
    const pieces = [
      'level:',
      '"',
      '\\',
      '[',
      ']',
      ',',
      '(',
      ')',
      '!',
      ' ',
      'a',
      '>',
      'AND',
      'tags[x',
      ':',
      '\u00e4',
      '\n',
    ];
    let seed = 7;
    const next = (most: number) => (seed = (seed * 48_271) % 2_147_483_647) % most;
    for (let i = 0; i < 500; i++) {
      const query = Array.from({ length: next(12) }, () => pieces[next(pieces.length)]!).join('');
      const tokens = tokenize(query);
      expect(tokens.map((token) => query.slice(token.start, token.end)).join('')).toBe(query);
      for (let caret = 0; caret <= query.length; caret++) {
        const { start, end } = completionAt(query, caret);
        expect(start).toBeLessThanOrEqual(end);
        expect(end).toBeLessThanOrEqual(query.length);
      }
    }
  });
});

describe('completionAt', () => {
  it.each([
    ['|', { of: 'key', typed: '', start: 0, end: 0 }],
    ['lev|', { of: 'key', typed: 'lev', start: 0, end: 3, hasColon: false }],
    ['!lev|', { of: 'key', typed: 'lev', start: 1, end: 4 }],
    ['le|vel:error', { of: 'key', typed: 'le', start: 0, end: 5, hasColon: true }],
    ['level:|', { of: 'value', key: 'level', typed: '', start: 6, end: 6 }],
    ['level:er|', { of: 'value', key: 'level', typed: 'er', start: 6, end: 8 }],
    ['level:|error', { of: 'value', key: 'level', typed: '', start: 6, end: 11 }],
    ['level:error |', { of: 'key', typed: '', start: 12, end: 12 }],
    ['timesSeen:>1|', { of: 'value', key: 'timesSeen', typed: '1', compared: true }],
    ['level:[error, wa|', { of: 'value', key: 'level', typed: 'wa', inList: true, start: 14, end: 16 }],
    ['level:[error, |', { of: 'value', key: 'level', typed: '', inList: true }],
    ['level:[error]|', { of: 'key', typed: '' }],
    ['level:[error] |', { of: 'key', typed: '' }],
    ['"my key":"a b|', { of: 'value', key: 'my key', typed: 'a b', start: 9, end: 13 }],
    ['(lev|', { of: 'key', typed: 'lev', start: 1, end: 4 }],
    ['a OR |', { of: 'key', typed: '' }],
  ])('%s', (marked, expected) => {
    expect(at(marked)).toMatchObject(expected);
  });
});

describe('writing', () => {
  it('quotes what would mean something else', () => {
    expect(writtenKey('my key')).toBe('"my key"');
    expect(writtenKey('user.email')).toBe('user.email');
    expect(writtenKey('tags[level]')).toBe('tags[level]');
    expect(writtenValue('shop@1.4.2')).toBe('shop@1.4.2');
    expect(writtenValue('a b')).toBe('"a b"');
    expect(writtenValue('a*b')).toBe('a\\*b');
    expect(writtenValue('>5')).toBe('">5"');
    expect(writtenValue('say "hi"')).toBe('"say \\"hi\\""');
    expect(writtenValue('//cdn')).toBe('"//cdn"');
    expect(writtenValue('')).toBe('""');
    expect(writtenValue(String.raw`C:\temp`)).toBe(String.raw`C:\temp`);
    expect(unquoted('"say \\"hi\\""')).toBe('say "hi"');
  });

  it('knows which keys a query has', () => {
    expect(mentions('foo is:resolved', ['is', 'status'])).toBe(true);
    expect(mentions('!Status:resolved', ['is', 'status'])).toBe(true);
    expect(mentions('"is:resolved" this', ['is', 'status'])).toBe(false);
  });
});
