import { countError } from './session.js';
import { exceptions, images } from './stack.js';
import { breadcrumbs, newId, options, tags, user } from './state.js';
import { drop, enqueue, isConnected } from './transport.js';
import type { Context, Event, ExceptionValue } from './types.js';

const CAUGHT = { type: 'generic', handled: true };

/** The ids of errors that were captured: an error boundary and the window may both hear of one. */
let seen = new WeakMap<object, string>();

export function forgetErrors(): void {
  seen = new WeakMap();
}

/** Sends what was thrown, once. */
export function capture(thrown: unknown, context: Context = {}, values = exceptions(thrown)): string {
  const known = thrown instanceof Object && seen.get(thrown);
  if (known) return known;
  const { mechanism = CAUGHT, ...more } = context;
  const id = newId();
  if (thrown instanceof Object) seen.set(thrown, id);
  const last = values[values.length - 1];
  if (last) last.mechanism = mechanism;
  const about = { exception: { values }, debug_meta: images(values), level: 'error' } as const;
  if (send(id, about, more, thrown)) countError(mechanism.handled);
  return id;
}

/** Sends a text. */
export function captureText(message: string, context: Context = {}): string {
  const { mechanism: _none, ...more } = context;
  const id = newId();
  send(id, { message, level: 'info' }, more);
  return id;
}

type About = { message: string } | { exception: { values: ExceptionValue[] } };

/** Puts an event together; false if the page does not want it sent. */
function send(id: string, about: About & Partial<Event>, context: Context, thrown?: unknown): boolean {
  if (!isConnected()) return false;
  let event: Event | null = {
    event_id: id,
    timestamp: Date.now() / 1_000,
    platform: 'javascript',
    release: options.release,
    environment: options.environment!,
    dist: options.dist,
    user: { ...user },
    breadcrumbs,
    request: {
      url: location.href,
      headers: {
        'User-Agent': navigator.userAgent,
        ...(document.referrer && { Referer: document.referrer }),
      },
    },
    ...about,
    ...context,
    tags: { ...tags, ...context.tags },
  };
  if (options.beforeSend) {
    // What fails to take secrets out has not taken them out.
    let kept: Event | null = null;
    try {
      kept = options.beforeSend(event, { originalException: thrown });
    } finally {
      if (!kept) drop('before_send', 'error');
    }
    event = kept;
  }
  if (!event) return false;
  enqueue('event', event, id);
  return true;
}
