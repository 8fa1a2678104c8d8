import { RANGES, type Scope } from '../../app/search';
import { healthTexts as texts } from './healthTexts';

const HOUR_MILLIS = 3_600_000;
const LONGEST_HOURS = 2_400;

/** How far back the scope goes, as the API wants it; a window of time is shown up to now. */
export function rangeOf(scope: Scope, now: number): string {
  if (!scope.start) return scope.range ?? RANGES[1];
  const hours = Math.ceil((now - Date.parse(scope.start)) / HOUR_MILLIS);
  return `${Math.min(LONGEST_HOURS, Math.max(1, hours))}h`;
}

/** A share as percent. What is below 100 % does not become it by rounding. */
export function percent(share: number | null): string {
  return share === null ? '–' : `${Math.floor(share * 10_000 + 1e-6) / 100} %`;
}

/** How many to a hundred, to one digit. */
export function perHundred(number: number | null): string {
  return number === null ? '–' : String(Math.round(number * 10) / 10);
}

/** How one share differs from another, in points of percent. */
export function points(now: number | null, before: number | null): string | undefined {
  if (now === null || before === null) return undefined;
  const more = Math.round((now - before) * 10_000) / 100;
  if (more === 0) return texts.same;
  return more > 0 ? texts.better(String(more)) : texts.worse(String(-more));
}

/** The envelope of one session, as SDKs send it. */
export function sessionEnvelope(
  id: string,
  status: 'exited' | 'crashed',
  release: string,
  environment: string,
  now: Date,
): string {
  const session = {
    sid: id,
    init: true,
    started: now.toISOString(),
    timestamp: now.toISOString(),
    status,
    errors: status === 'crashed' ? 1 : 0,
    duration: 1,
    attrs: { release, environment },
  };
  return ['{}', '{"type":"session"}', JSON.stringify(session), ''].join('\n');
}

/** The address that takes envelopes for the key of a DSN. */
export function envelopeAddress(dsn: string): string {
  const url = new URL(dsn);
  const parts = url.pathname.split('/');
  const project = parts.pop() ?? '';
  return `${url.protocol}//${url.host}${parts.join('/')}/api/${project}/envelope/?sentry_key=${url.username}`;
}
