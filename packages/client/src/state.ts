import type { Breadcrumb, Options, User } from './types.js';

/** What the page has said until now. */
export let options: Options = { dsn: '' };
export let user: User = {};
export let tags: Record<string, string> = {};
export let breadcrumbs: Breadcrumb[] = [];

export function reset(chosen: Options): void {
  options = { ...chosen, environment: chosen.environment ?? 'production' };
  user = {};
  tags = {};
  breadcrumbs = [];
}

export function putUser(changed: User | null): void {
  user = changed ?? {};
}

export function putTag(name: string, value: string | null): void {
  const { [name]: _before, ...others } = tags;
  tags = value === null ? others : { ...others, [name]: value };
}

export function putBreadcrumb(crumb: Breadcrumb): void {
  const kept = options.maxBreadcrumbs ?? 100;
  breadcrumbs = [...breadcrumbs, { timestamp: Date.now() / 1_000, ...crumb }].slice(-kept || Infinity);
}

/** 32 hex digits; `crypto.randomUUID` is not there on pages without TLS. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  // As version 4 has it.
  bytes[6] = (bytes[6]! & 15) | 64;
  bytes[8] = (bytes[8]! & 63) | 128;
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
