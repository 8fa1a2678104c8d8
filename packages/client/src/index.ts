import { listen } from './automatic.js';
import { capture, captureText, forgetErrors } from './capture.js';
import { guarded } from './guard.js';
import { endSession, forgetSession, say } from './session.js';
import { putBreadcrumb, putTag, putUser, reset } from './state.js';
import { connect, disconnect, sendNow, sendRest } from './transport.js';
import type { Breadcrumb, Context, Options, SessionStatus, User } from './types.js';

export type {
  Breadcrumb,
  Context,
  Event,
  ExceptionValue,
  Frame,
  Level,
  Mechanism,
  Options,
  SessionStatus,
  User,
} from './types.js';

let listening = new AbortController();

/** Sets the client up. Called again, it begins anew with what it is told then. */
export const init = guarded((chosen: Options): void => {
  close();
  reset(chosen);
  connect(chosen.dsn, chosen.tunnel);
  if (!chosen.dsn) return;
  listening = new AbortController();
  const { signal } = listening;
  listen(signal);
  const begin = () => {
    forgetErrors();
    if (chosen.autoSessions !== false) say('ok');
  };
  addEventListener('online', sendNow, { signal });
  addEventListener(
    'pagehide',
    () => {
      if (chosen.autoSessions !== false) endSession();
      sendRest();
    },
    { signal },
  );
  // A page that the browser kept is visited again.
  addEventListener('pageshow', ({ persisted }) => persisted && begin(), { signal });
  begin();
}, undefined);

/** Hears and sends nothing any more, until `init` is called again. What waits is dropped. */
export const close = guarded((): void => {
  listening.abort();
  disconnect();
  forgetSession();
  forgetErrors();
}, undefined);

/** Sends what was thrown, and returns the id of the event. What was sent before has the id that it had. */
export const captureException = guarded(
  (thrown: unknown, context?: Context): string => capture(thrown, context),
  '',
);

/** Sends a text, with level `info` if none is given, and returns the id of the event. */
export const captureMessage = guarded(
  (message: string, context?: Context): string => captureText(message, context),
  '',
);

/** Says how the visit goes: `ok` begins a session or goes on with it, everything else ends it. */
export const sendSession = guarded((status: SessionStatus = 'ok'): void => say(status), undefined);

/** Says what happened, for events to come. */
export const addBreadcrumb = guarded((crumb: Breadcrumb): void => putBreadcrumb(crumb), undefined);

/** Says who uses the page, for events to come; `null` for nobody any more. */
export const setUser = guarded((user: User | null): void => putUser(user), undefined);

/** Sets a tag of events to come, or takes it off with `null`. */
export const setTag = guarded((name: string, value: string | null): void => putTag(name, value), undefined);
