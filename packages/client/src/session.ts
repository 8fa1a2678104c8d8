import { newId, options, user } from './state.js';
import { enqueue } from './transport.js';
import type { SessionStatus } from './types.js';

interface Session {
  sid: string;
  seq: number;
  started: number;
  errors: number;
}

let session: Session | undefined;

/** Forgets the session without a word. */
export function forgetSession(): void {
  session = undefined;
}

/** Says how the visit goes. The first time, and the first time after it ended, a new session begins. */
export function say(status: SessionStatus): void {
  // Servers count sessions of a release only.
  if (!options.release) return;
  const isNew = !session;
  session ??= { sid: newId(), seq: 0, started: Date.now(), errors: 0 };
  const now = Date.now();
  enqueue('session', {
    sid: session.sid,
    did: user.id?.toString(),
    init: isNew,
    seq: session.seq++,
    started: new Date(session.started).toISOString(),
    timestamp: new Date(now).toISOString(),
    duration: (now - session.started) / 1_000,
    errors: session.errors,
    status,
    attrs: {
      release: options.release,
      environment: options.environment,
      user_agent: navigator.userAgent,
    },
  });
  if (status !== 'ok') session = undefined;
}

/** Counts an error; the first one, and one that nobody handled, are said at once. */
export function countError(isHandled: boolean): void {
  if (!session) return;
  session.errors++;
  if (!isHandled) say('unhandled');
  else if (session.errors === 1) say('ok');
}

/** Ends the session that is open, if one is. */
export function endSession(): void {
  if (session) say('exited');
}
