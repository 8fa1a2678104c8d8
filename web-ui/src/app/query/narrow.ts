import { writtenValue } from './tokens';

const BARE_KEY = /^[\w.-]+$/;

/** What a query says of a key and a value; null for that there is none. */
export function termOf(field: string, value: string | null, negated = false): string {
  const tag = /^tags\[(.*?)(?:,.*)?\]$/.exec(field)?.[1];
  const name = tag === undefined && BARE_KEY.test(field) ? field : `tags[${tag ?? field}]`;
  if (value === null) return `${negated ? '' : '!'}has:${name}`;
  return `${negated ? '!' : ''}${name}:${writtenValue(value)}`;
}

/** Whether an OR stands outside parentheses and quotes. */
export function hasOuterOr(query: string): boolean {
  let depth = 0;
  return query.split(/("(?:\\"|[^"])*"|[()]|\s+)/).some((part) => {
    if (part === '(') depth += 1;
    if (part === ')') depth -= 1;
    return depth === 0 && /^or$/i.test(part);
  });
}

function opposite(term: string): string {
  return term.startsWith('!') ? term.slice(1) : `!${term}`;
}

/** A query with terms more; one that says the opposite goes. */
export function narrowed(query: string | undefined, ...terms: string[]): string {
  return terms.reduce((before, term) => {
    // AND binds tighter than OR.
    const whole = hasOuterOr(before) ? `(${before})` : before;
    // What stands beside an OR is not what all of the query says.
    if (/\bor\b/i.test(before)) return whole.endsWith(` ${term}`) ? before : `${whole} ${term}`;
    const words = ` ${whole} `;
    if (words.includes(` ${term} `)) return before;
    return `${words.replace(` ${opposite(term)} `, ' ').trim()} ${term}`.trim();
  }, query ?? '');
}

/** Whether a query has a term as it is written here. */
export function hasTerm(query: string | undefined, term: string): boolean {
  return ` ${query ?? ''} `.includes(` ${term} `);
}
