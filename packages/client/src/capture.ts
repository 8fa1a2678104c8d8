import { address } from './address.js';
import { countError } from './session.js';
import { exceptions, images, json } from './stack.js';
import { breadcrumbs, newId, options, tags, user } from './state.js';
import { drop, enqueue, isConnected } from './transport.js';
import type { Context, Event, ExceptionValue } from './types.js';

const CAUGHT = { type: 'generic', handled: true };

/** The ids of errors that were captured: an error boundary and the window may both hear of one. */
let seen = new WeakMap<object, string>();
/** What the last error was, and its id: what fails again and again would be sent without end. */
let last = '';
let lastId = '';

export function forgetErrors(): void {
  seen = new WeakMap();
  last = '';
}

/** Sends what was thrown, once, and once if the next one is like it. */
export function capture(thrown: unknown, context: Context = {}, values = exceptions(thrown)): string {
  const known = thrown instanceof Object && seen.get(thrown);
  if (known) return known;
  const { mechanism = CAUGHT, ...more } = context;
  const top = values[values.length - 1]!;
  const what = json([top.type, top.value, top.stacktrace?.frames.at(-1)]);
  if (what === last) return lastId;
  const id = newId();
  last = what;
  lastId = id;
  if (thrown instanceof Object) seen.set(thrown, id);
  top.mechanism = mechanism;
  const about = { exception: { values }, debug_meta: images(values), level: 'error' } as const;
  if (send(id, about, more, thrown)) {
    // Of scripts of other hosts, such as extensions, nobody knows whether the page suffers.
    countError(mechanism.handled || (top.value === 'Script error.' && !top.stacktrace));
  }
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
      url: address(location.href),
      headers: {
        'User-Agent': navigator.userAgent,
        ...(document.referrer && { Referer: address(document.referrer) }),
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
      const answer = options.beforeSend(event, { originalException: thrown });
      if ((answer as { then?: unknown } | null)?.then) {
        throw new Error('beforeSend: a promise (expected: an event, or null)');
      }
      kept = answer;
    } finally {
      if (!kept) drop('before_send', 'error');
    }
    event = kept;
  }
  if (!event) return false;
  enqueue('event', event, id);
  return true;
}
