import type { RecentSearch, SavedSearch, SearchKey, SearchValue } from '../../api/model';
import { queryTexts as texts } from './texts';
import { type Completion, writtenKey, writtenValue } from './tokens';

/** One line of the list below the bar. */
export interface Suggestion {
  /** What it is called. */
  label: string;
  /** Smaller, behind the label. */
  hint?: string | undefined;
  /** How often it is there. */
  count?: number | undefined;
  /** The query with it, and where the caret stands then. */
  query: string;
  caret: number;
  /** Searches at once, as it is a whole query. */
  runs?: boolean;
  /** Of a saved search: in which order. */
  sort?: string | undefined;
}

export interface SuggestionGroup {
  name: string;
  suggestions: Suggestion[];
}

const MOST = 10;
/** What is offered before anything is typed, of what the dataset has. */
const FIRST = [
  'is',
  'assigned',
  'level',
  'severity',
  'environment',
  'release',
  'has',
  'transaction',
  'message',
  'user.email',
];
const COMPARED = new Set(['number', 'duration', 'size', 'date']);

function replaced(query: string, { start, end }: Completion, text: string): { query: string; caret: number } {
  return { query: query.slice(0, start) + text + query.slice(end), caret: start + text.length };
}

/** Keys of fields are the same in all their spellings: firstSeen, first_seen, first-seen. */
const plain = (key: string) => key.replaceAll(/[_-]/gu, '').toLowerCase();

/** How well a name fits: as it begins, as one of its words begins, or as it holds what is typed; nothing if not at all. */
function rank(name: string, typed: string): number | undefined {
  const at = name.toLowerCase().indexOf(typed);
  if (at < 0) return undefined;
  if (at === 0) return 0;
  return /[._-]/u.test(name[at - 1]!) ? 1 : 2;
}

function keySuggestions(query: string, completion: Completion, keys: readonly SearchKey[]): Suggestion[] {
  const typed = completion.typed.toLowerCase();
  return keys
    .map((key) => {
      if (typed === '') return { key, rank: FIRST.includes(key.key) ? FIRST.indexOf(key.key) : FIRST.length };
      const ranks = [key.key, ...key.aliases].flatMap((name) => rank(name, typed) ?? []);
      return { key, rank: ranks.length > 0 ? Math.min(...ranks) : undefined };
    })
    .filter((one): one is { key: SearchKey; rank: number } => one.rank !== undefined)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST)
    .map(({ key }) => {
      const written = writtenKey(key.key) + (completion.hasColon ? '' : ':');
      return {
        label: key.key,
        hint: texts.kinds[key.kind],
        count: key.count ?? undefined,
        ...replaced(query, completion, written),
      };
    });
}

function valueSuggestions(
  query: string,
  completion: Completion,
  values: readonly SearchValue[],
): Suggestion[] {
  const isLast = completion.end === query.length;
  const typed = completion.typed.toLowerCase();
  // Those of what was typed before are still here while the next ones are on their way.
  const fitting = values.filter(
    ({ value, label }) => value.toLowerCase().includes(typed) || label?.toLowerCase().includes(typed),
  );
  return fitting.slice(0, MOST).map((one) => {
    const written = writtenValue(one.value);
    return {
      label: one.value === '' ? '""' : one.value,
      hint: one.label ?? undefined,
      count: one.count ?? undefined,
      ...replaced(query, completion, written + (isLast && !completion.inList ? ' ' : '')),
    };
  });
}

function operatorSuggestions(query: string, completion: Completion): Suggestion[] {
  return Object.entries(texts.operators).map(([operator, hint]) => ({
    label: operator,
    hint,
    ...replaced(query, completion, operator),
  }));
}

/** What can be typed next, in its groups; those without anything are left out. */
export function suggest(
  query: string,
  completion: Completion,
  from: {
    keys: readonly SearchKey[];
    values: readonly SearchValue[];
    saved: readonly SavedSearch[];
    recent: readonly RecentSearch[];
  },
): SuggestionGroup[] {
  const groups: SuggestionGroup[] = [];
  if (query.trim() === '') {
    groups.push(
      {
        name: texts.groups.saved,
        suggestions: from.saved.slice(0, 5).map((one) => ({
          label: one.name,
          hint: one.query,
          query: one.query,
          caret: one.query.length,
          runs: true,
          sort: one.sort ?? undefined,
        })),
      },
      {
        name: texts.groups.recent,
        suggestions: from.recent.slice(0, 5).map((one) => ({
          label: one.query,
          query: one.query,
          caret: one.query.length,
          runs: true,
        })),
      },
    );
  }
  if (completion.of === 'key') {
    groups.push({ name: texts.groups.keys, suggestions: keySuggestions(query, completion, from.keys) });
  } else {
    const wanted = plain(completion.key);
    const kind = from.keys.find((one) =>
      [one.key, ...one.aliases].some((name) => plain(name) === wanted),
    )?.kind;
    if (kind && COMPARED.has(kind) && !completion.compared && completion.typed === '')
      groups.push({ name: texts.groups.operators, suggestions: operatorSuggestions(query, completion) });
    groups.push({
      name: texts.groups.values(completion.key),
      suggestions: valueSuggestions(query, completion, from.values),
    });
  }
  return groups
    .map((group) => ({
      ...group,
      // What is there already is no suggestion.
      suggestions: group.suggestions.filter((one) => one.runs || one.query.trim() !== query.trim()),
    }))
    .filter((group) => group.suggestions.length > 0);
}
