import type { ScrubRule, ScrubSettings, ScrubTrial } from '../../api/model';
import { remarkWords } from '../../texts/remarks';
import { list, object } from '../../ui/untrusted';

/** A rule while it is typed: what it has no use for now is kept until it is sent. */
export interface RuleDraft {
  key: number;
  method: ScrubRule['method'];
  type: ScrubRule['type'];
  pattern: string;
  source: string;
  replacement: string;
}

/** Settings while they are typed; names of fields one a line. */
export interface ScrubDraft {
  enabled: boolean;
  fields: string;
  safeFields: string;
  ipAddresses: ScrubSettings['ip_addresses'];
  rules: RuleDraft[];
}

export function draftOf(settings: ScrubSettings): ScrubDraft {
  return {
    enabled: settings.enabled,
    fields: settings.fields.join('\n'),
    safeFields: settings.safe_fields.join('\n'),
    ipAddresses: settings.ip_addresses,
    rules: settings.rules.map((rule, key) => ({
      key,
      method: rule.method,
      type: rule.type,
      pattern: rule.pattern ?? '',
      source: rule.source,
      replacement: rule.replacement ?? '',
    })),
  };
}

const lines = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

/** What is sent, for the server to judge; only what fits the type and the method of a rule. */
export function settingsOf(draft: ScrubDraft): ScrubSettings {
  return {
    enabled: draft.enabled,
    fields: lines(draft.fields),
    safe_fields: lines(draft.safeFields),
    ip_addresses: draft.ipAddresses,
    rules: draft.rules.map(({ method, type, pattern, source, replacement }) => ({
      method,
      type,
      source,
      pattern: type === 'pattern' ? pattern : null,
      replacement: method === 'replace' && replacement !== '' ? replacement : null,
    })),
  };
}

const RULE_PARTS = ['method', 'type', 'pattern', 'source', 'replacement'] as const;

/** The names by which the server speaks of what the form shows. */
export function fieldNames(draft: ScrubDraft): string[] {
  const entries = (field: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${field}[${index}]`);
  return [
    'event_id',
    'settings.ip_addresses',
    'settings.fields',
    'settings.safe_fields',
    ...entries('settings.fields', lines(draft.fields).length),
    ...entries('settings.safe_fields', lines(draft.safeFields).length),
    ...draft.rules.flatMap((_, index) => RULE_PARTS.map((part) => `settings.rules[${index}].${part}`)),
  ];
}

/** What is wrong with a field that is a list, or with entries of it. */
export function listError(errors: Record<string, string>, field: string): string | undefined {
  const found = Object.entries(errors).flatMap(([name, words]) => {
    if (name === field) return [words];
    const entry = /^\[(\d+)\]$/.exec(name.startsWith(field) ? name.slice(field.length) : '')?.[1];
    return entry === undefined ? [] : [`${Number(entry) + 1}: ${words}`];
  });
  return found.length === 0 ? undefined : found.join('; ');
}

/** A value that settings would change. */
export interface TriedPlace {
  path: string;
  what: string[];
  /** Undefined if it is not there any more. */
  before: unknown;
  after: unknown;
}

function at(tree: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (node, name) => (Array.isArray(node) ? list(node)[Number(name)] : object(node)[name]),
    tree,
  );
}

/** What is changed in the event, value by value. */
export function placesOf(trial: ScrubTrial): TriedPlace[] {
  const places = new Map<string, TriedPlace>();
  for (const { path, rule, method } of trial.changes) {
    const name = path.join('.');
    const place = places.get(name) ?? {
      path: name,
      what: [],
      before: at(trial.stored, path),
      after: at(trial.event, path),
    };
    const words = remarkWords(rule, method);
    if (!place.what.includes(words)) place.what.push(words);
    places.set(name, place);
  }
  return [...places.values()];
}
