/** Reading of what SDKs sent: any shape may come, and none may break a page. */

export type Json = Record<string, unknown>;

export function object(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text, or a number or truth value as one; undefined for everything else and for nothing. */
export function str(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

export function num(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** Pairs as an object or as a list of twos, both of which SDKs send for headers and tags. */
export function pairs(value: unknown): [string, unknown][] {
  if (Array.isArray(value)) {
    return value.flatMap((pair): [string, unknown][] =>
      Array.isArray(pair) && pair.length === 2 ? [[String(pair[0]), pair[1]]] : [],
    );
  }
  return Object.entries(object(value));
}

/** What is under "values" of an interface, or the interface itself where it is the list. */
export function values(value: unknown): unknown[] {
  return Array.isArray(value) ? value : list(object(value)['values']);
}

const MAX_JSON = 20_000;

/** Any value as a text for people: texts as they are, everything else as JSON. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return value;
  const json = JSON.stringify(value, null, 1) ?? String(value);
  return json.length > MAX_JSON ? `${json.slice(0, MAX_JSON)}…` : json;
}
