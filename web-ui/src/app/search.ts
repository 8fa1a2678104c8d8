/** What the address bar says, and back: plain words, no JSON. */

export const RANGES = ['1h', '24h', '7d', '14d', '30d', '90d'] as const;
export type Range = (typeof RANGES)[number];
export const DEFAULT_RANGE: Range = '24h';

const HOURS: Record<Range, number> = { '1h': 1, '24h': 24, '7d': 168, '14d': 336, '30d': 720, '90d': 2160 };

/** What rules every number on a page. It stays while one navigates. */
export interface Scope {
  /** Slugs, with commas between them; absent for all. */
  project?: string | undefined;
  environment?: string | undefined;
  range?: Range | undefined;
  /** RFC 3339; both or none, and then in place of a range. */
  start?: string | undefined;
  end?: string | undefined;
}

export const SCOPE_KEYS = ['project', 'environment', 'range', 'start', 'end'] as const;

export function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}

/** Leaves : , and / as they are, so that an address can be read. */
export function stringifySearch(search: Record<string, unknown>): string {
  const parts = Object.entries(search)
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([key, value]) => `${escape(key)}=${escape(String(value))}`);
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

function escape(text: string): string {
  return encodeURIComponent(text)
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%2F', '/')
    .replaceAll('%20', '+');
}

/** A text of the address, or nothing. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** One of some words, or nothing: what is unknown is dropped. */
export function oneOf<T extends string>(value: unknown, words: readonly T[]): T | undefined {
  return words.find((word) => word === value);
}

function instant(value: unknown): string | undefined {
  const given = text(value);
  return given && !Number.isNaN(Date.parse(given)) ? new Date(given).toISOString() : undefined;
}

/** Leaves out what is absent, as an address has no place for it. */
export function present<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

export function validateScope(raw: Record<string, unknown>): Scope {
  const start = instant(raw['start']);
  const end = instant(raw['end']);
  const isWindow = start !== undefined && end !== undefined && start < end;
  const range = oneOf(raw['range'], RANGES);
  return present({
    project: text(raw['project']),
    environment: text(raw['environment']),
    range: isWindow || range === DEFAULT_RANGE ? undefined : range,
    start: isWindow ? start : undefined,
    end: isWindow ? end : undefined,
  });
}

export function projectsOf(scope: Scope): string[] {
  return scope.project?.split(',').filter(Boolean) ?? [];
}

/** The scope as the filters of the API name it. */
export interface ScopeQuery {
  project?: string[];
  environment?: string[];
  start?: string;
  end?: string;
}

const MINUTE_MILLIS = 60_000;

/** The scope as the API is asked for it; a range begins at a full minute, so that the same question keeps its answer for a while. */
export function scopeQuery(scope: Scope, now: Date = new Date()): ScopeQuery {
  const projects = projectsOf(scope);
  const minute = Math.floor(now.getTime() / MINUTE_MILLIS) * MINUTE_MILLIS;
  const start =
    scope.start ?? new Date(minute - HOURS[scope.range ?? DEFAULT_RANGE] * 60 * MINUTE_MILLIS).toISOString();
  return present({
    project: projects.length > 0 ? projects : undefined,
    environment: scope.environment === undefined ? undefined : [scope.environment],
    start,
    end: scope.end,
  });
}

/** How long the window is, in hours. */
export function scopeHours(scope: Scope): number {
  return scope.start && scope.end
    ? (Date.parse(scope.end) - Date.parse(scope.start)) / 3_600_000
    : HOURS[scope.range ?? DEFAULT_RANGE];
}
