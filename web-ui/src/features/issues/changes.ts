import { remarkWords } from '../../texts/remarks';
import { type Json, list, num, object, str } from '../../ui/untrusted';
import { pageTexts } from './pageTexts';

/** A place of an event that is not as it was sent, and what was done there. */
export interface Change {
  /** Names of fields and numbers of entries from the event to the value. */
  path: string;
  what: string[];
}

const { changes: texts } = pageTexts;
const NOTE = '';

function noteWords(note: Json): string[] {
  const remarks = list(note['rem']).map((remark) => {
    const [rule, method] = list(remark);
    return remarkWords(str(rule) ?? '', str(method) ?? '');
  });
  const length = num(note['len']);
  const errors = list(note['err']).map((error) => str(error) ?? str(list(error)[0]) ?? '');
  return [
    ...new Set([...remarks, ...errors].filter(Boolean)),
    ...(length === undefined ? [] : [remarks.length > 0 ? texts.was(length) : texts.shortened(length)]),
  ];
}

function collect(node: Json, path: readonly string[], into: Change[]): void {
  for (const [name, below] of Object.entries(node)) {
    if (name === NOTE) {
      const what = noteWords(object(below));
      if (what.length > 0) into.push({ path: path.join('.') || texts.whole, what });
    } else {
      collect(object(below), [...path, name], into);
    }
  }
}

/** What an event's _meta says was done to it, which an SDK may have written too. */
export function changesOf(meta: unknown): { changes: Change[]; omitted: number } {
  const changes: Change[] = [];
  collect(object(meta), [], changes);
  return { changes, omitted: num(object(meta)['omitted']) ?? 0 };
}

const FAULTS: Record<string, string> = texts.faults;

/** What of an event could not be used, by its errors. */
export function faultsOf(errors: unknown): Change[] {
  return list(errors).map((error) => {
    const given = object(error);
    const type = str(given['type']) ?? '';
    const value = str(given['value']);
    const reason = str(given['reason']);
    return {
      path: str(given['name']) ?? texts.whole,
      what: [
        FAULTS[type] ?? type.replaceAll('_', ' '),
        ...(reason === undefined ? [] : [reason]),
        ...(value === undefined ? [] : [texts.sent(value)]),
      ],
    };
  });
}
