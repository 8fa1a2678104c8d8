import type { Draft } from './draft';

/** The fields that the editor shows, by the names that the API gives them. */
export function faultFields(draft: Draft): string[] {
  const parts = (list: string, count: number, fields: readonly string[]) =>
    Array.from({ length: count }, (_, index) => fields.map((field) => `${list}[${index}].${field}`)).flat();
  return [
    'rule.name',
    'rule.environment',
    'rule.interval_minutes',
    'rule.conditions',
    'targets',
    ...parts('rule.conditions', draft.conditions.length, [
      'type',
      'threshold',
      'percent',
      'window_minutes',
      'before_minutes',
      'minimum',
    ]),
    ...parts('rule.filters', draft.filters.length, ['type', 'key', 'values', 'minutes', 'at_least', 'id']),
    ...parts('targets', draft.targets.length, ['type', 'value', 'subject', 'body', 'secret']),
  ];
}

/** What is wrong with a part, in one line: its fields stand in a sentence, where there is no room below each. */
export function faultOf(errors: Readonly<Record<string, string>>, place: string): string | undefined {
  const faults = Object.entries(errors)
    .filter(([name]) => name.startsWith(`${place}.`))
    .map(([name, words]) => `${name.slice(place.length + 1)}: ${words}`);
  return faults.length > 0 ? faults.join('; ') : undefined;
}
