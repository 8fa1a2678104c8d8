/**
 * The language of searches as far as colours and suggestions need it. What a query means, and what is wrong with it, the server
 * says alone.
 */

export type TokenKind =
  'blank' | 'not' | 'key' | 'operator' | 'value' | 'bracket' | 'logic' | 'paren' | 'text';

export interface Token {
  kind: TokenKind;
  start: number;
  end: number;
}

/** A word that a list of values, a value or a key is being typed at, and what would be replaced. */
export interface Completion {
  of: 'key' | 'value';
  /** Of a value: the key before it, without quotes. */
  key: string;
  /** Up to the caret, without quotes. */
  typed: string;
  start: number;
  end: number;
  /** Of a value: whether a comparison stands before it. */
  compared: boolean;
  /** Of a value: whether it is one of a list. */
  inList: boolean;
  /** Of a key: whether its colon is there already. */
  hasColon: boolean;
}

/** A colon before two slashes or another colon is of an address or a class. */
const KEY =
  /^(?:"(?:\\"|[^"])+"|(?:tags|flags)\[(?:"[^"\]]+"|[^"\],]+)(?:,\s*(?:number|string))?\]|[A-Za-z_]\w*\([^()"]*\)|[\w.-]+):(?!:|\/\/)/u;
const OPERATOR = /^(?:>=|<=|!=|[<>=])/u;
const QUOTED = /^"(?:\\"|[^"])*(?:"|$)/u;
const BARE = /^[^\s()](?:[^\s()]|\([^\s()]*\))*/u;
const ELEMENT = /^[^,\]]+/u;
const LOGIC = /^(?:AND|OR|NOT)(?=[\s()]|$)/iu;

function length(pattern: RegExp, text: string): number {
  return pattern.exec(text)?.[0].length ?? 0;
}

/** The parts of a query, one after the other, without gaps. */
export function tokenize(query: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const take = (kind: TokenKind, count: number) => {
    if (count > 0) tokens.push({ kind, start: at, end: at + count });
    at += count;
  };
  const rest = () => query.slice(at);
  const list = () => {
    take('bracket', 1);
    while (at < query.length && query[at] !== ']') {
      take('blank', length(/^\s+/u, rest()));
      if (query[at] === ',') take('bracket', 1);
      else if (query[at] !== ']' && at < query.length)
        take('value', length(QUOTED, rest()) || length(ELEMENT, rest()) || 1);
    }
    take('bracket', at < query.length ? 1 : 0);
  };
  while (at < query.length) {
    const key = length(KEY, query[at] === '!' ? query.slice(at + 1) : rest());
    if (/\s/u.test(query[at]!)) take('blank', length(/^\s+/u, rest()));
    else if (query[at] === '(' || query[at] === ')') take('paren', 1);
    else if (LOGIC.test(rest())) take('logic', length(LOGIC, rest()));
    else if (key > 0) {
      take('not', query[at] === '!' ? 1 : 0);
      take('key', key);
      take('operator', length(OPERATOR, rest()));
      if (query[at] === '[') list();
      else take('value', length(QUOTED, rest()) || length(BARE, rest()));
    } else take('text', length(QUOTED, rest()) || length(/^[^\s()]+/u, rest()));
  }
  return tokens;
}

/** A text without the quotes around it, and without the backslashes before quotes and stars; others are themselves. */
export function unquoted(text: string): string {
  const inner = text.startsWith('"')
    ? text.slice(1, text.length > 1 && text.endsWith('"') ? -1 : undefined)
    : text;
  return inner.replaceAll(/\\(["*])/gu, '$1');
}

/** A key as one writes it: in quotes if it has more than letters, digits, dots, dashes and underscores. */
export function writtenKey(key: string): string {
  return /^(?:(?:tags|flags)\[[^\]]*\]|[\w.-]+)$/u.test(key)
    ? key
    : `"${key.replaceAll('"', String.raw`\"`)}"`;
}

/** A value as one writes it, so that it means itself and nothing else. */
export function writtenValue(value: string): string {
  // A backslash means itself, but before an asterisk.
  const literal = value.replaceAll(/(\\*)\*/gu, String.raw`$1$1\*`);
  return /^(?!:|\/\/)[^\s()",[\]<>=!][^\s()",[\]]*$/u.test(value)
    ? literal
    : `"${literal.replaceAll('"', String.raw`\"`)}"`;
}

const NOTHING = { key: '', compared: false, inList: false, hasColon: false };

/** What is being typed where the caret stands. */
export function completionAt(query: string, caret: number): Completion {
  const tokens = tokenize(query);
  const index = tokens.findIndex((token) => token.start < caret && caret <= token.end);
  const token = tokens[index];
  const here = { start: caret, end: caret, typed: '' };
  if (token === undefined || token.kind === 'paren' || token.kind === 'logic')
    return { ...NOTHING, of: 'key', ...here };
  // A word that only looks like one of the logic may still become a key, and so may a text.
  if (token.kind === 'text' || token.kind === 'not') return keyAt(query, token, caret, false);
  if (token.kind === 'key' && caret < token.end)
    return keyAt(query, { ...token, end: token.end - 1 }, caret, true);
  const key = tokens.slice(0, index + 1).findLastIndex((one) => one.kind === 'key');
  const between = tokens.slice(key + 1, index + 1);
  const isValue =
    key >= 0 &&
    (token.kind !== 'blank' || isOpenList(query, between)) &&
    between.every((one) => one.kind !== 'text' && one.kind !== 'paren' && one.kind !== 'logic');
  if (!isValue) return { ...NOTHING, of: 'key', ...here };
  const isTyped = token.kind === 'value';
  if (token.kind === 'bracket' && query[token.start] === ']') return { ...NOTHING, of: 'key', ...here };
  const after = tokens[index + 1];
  const whole = isTyped ? token : after?.kind === 'value' ? { start: caret, end: after.end } : here;
  return {
    of: 'value',
    key: unquoted(query.slice(tokens[key]!.start, tokens[key]!.end - 1)),
    typed: isTyped ? unquoted(query.slice(token.start, caret)) : '',
    start: whole.start,
    end: whole.end,
    compared: between.some((one) => one.kind === 'operator'),
    inList: between.some((one) => one.kind === 'bracket'),
    hasColon: true,
  };
}

function isOpenList(query: string, tokens: readonly Token[]): boolean {
  const bracket = tokens.findLast((token) => token.kind === 'bracket');
  return bracket !== undefined && query[bracket.start] !== ']';
}

function keyAt(
  query: string,
  token: { start: number; end: number },
  caret: number,
  hasColon: boolean,
): Completion {
  const start = token.start + (query[token.start] === '!' ? 1 : 0);
  return {
    ...NOTHING,
    of: 'key',
    typed: unquoted(query.slice(start, Math.max(caret, start))),
    start,
    end: Math.max(token.end, start),
    hasColon,
  };
}

/** Whether a query has a term of one of some keys. */
export function mentions(query: string, keys: readonly string[]): boolean {
  return tokenize(query).some(
    (token) =>
      token.kind === 'key' && keys.includes(unquoted(query.slice(token.start, token.end - 1)).toLowerCase()),
  );
}
