import { describe, expect, it } from 'vitest';
import type { SearchKey, SearchValue } from '../../api/model';
import { suggest } from './suggestions';
import { completionAt } from './tokens';

const key = (name: string, kind: SearchKey['kind'], more: Partial<SearchKey> = {}): SearchKey => ({
  key: name,
  kind,
  aliases: [],
  count: null,
  ...more,
});
const KEYS = [
  key('level', 'word'),
  key('firstSeen', 'date', { aliases: ['age'] }),
  key('error.type', 'text'),
  key('my tag', 'tag', { count: 12 }),
];
const values = (...all: string[]): SearchValue[] => all.map((value) => ({ value, label: null, count: 3 }));

/** The queries that the suggestions make of one, where | is the caret. */
function made(marked: string, found: SearchValue[] = []) {
  const query = marked.replace('|', '');
  const groups = suggest(query, completionAt(query, marked.indexOf('|')), {
    keys: KEYS,
    values: found,
    saved: [],
    recent: [],
  });
  return groups.flatMap((group) => group.suggestions.map((one) => one.query));
}

describe('suggest', () => {
  it('completes keys by their beginnings, words and other names', () => {
    expect(made('lev|')).toEqual(['level:']);
    expect(made('type|')).toEqual(['error.type:']);
    expect(made('|')[0]).toBe('level:');
    expect(made('age|')).toEqual(['firstSeen:']);
    expect(made('my|')).toEqual(['"my tag":']);
    expect(made('foo !er|')).toEqual(['foo !error.type:']);
    expect(made('le|vel:x')).toEqual([]);
    expect(made('a|vel:x')).toContain('firstSeen:x');
  });

  it('completes values, in quotes where they need them', () => {
    expect(made('level:e|', values('error', 'an error'))).toEqual(['level:error ', 'level:"an error" ']);
    expect(made('level:[a, e|', values('error'))).toEqual(['level:[a, error']);
    expect(made('level:e| foo', values('error'))).toEqual(['level:error foo']);
    expect(made('level:error|', values('error'))).toEqual([]);
  });

  it('offers comparisons where there are some', () => {
    expect(made('firstSeen:|')).toEqual(['firstSeen:>', 'firstSeen:>=', 'firstSeen:<', 'firstSeen:<=']);
    expect(made('firstSeen:>|')).toEqual([]);
    expect(made('level:|', values('error'))).toEqual(['level:error ']);
  });

  it('begins with what was searched for before', () => {
    const groups = suggest('', completionAt('', 0), {
      keys: [],
      values: [],
      saved: [],
      recent: [{ query: 'is:unresolved', searched_at: '2026-11-27T10:00:00Z' }],
    });
    expect(groups).toHaveLength(1);
    expect(groups[0]?.suggestions[0]).toMatchObject({ query: 'is:unresolved', runs: true });
  });
});
