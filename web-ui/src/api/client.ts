import createClient, { type Middleware } from 'openapi-fetch';
import { texts } from '../texts/en';
import type { paths } from './schema';

/** A request that was not answered with what was asked for; its message is a sentence for people. */
export class RequestFailed extends Error {
  override readonly name = 'RequestFailed';
  /** The HTTP status; 0 if there was no answer. */
  readonly status: number;
  /** What is wrong with each field, by the name the API gives it. */
  readonly details: Readonly<Record<string, string>>;

  constructor(status: number, message: string, details: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.details = details;
  }
}

let csrfToken = '';
let onSessionLost: () => void = () => {};

/** Called when a session begins, with the token that every change has to carry. */
export function keepCsrfToken(session: { csrf_token: string | null } | null): void {
  csrfToken = session?.csrf_token ?? '';
}

/** Says who is told when a request is refused because the session has ended. */
export function whenSessionIsLost(listener: () => void): void {
  onSessionLost = listener;
}

const CHANGES_NOTHING = new Set(['GET', 'HEAD']);

const session: Middleware = {
  onRequest({ request }) {
    if (!CHANGES_NOTHING.has(request.method) && csrfToken) request.headers.set('X-CSRF-Token', csrfToken);
    return request;
  },
  onResponse({ response, schemaPath }) {
    if (response.status === 401 && csrfToken && schemaPath !== '/api/v1/session') onSessionLost();
    return undefined;
  },
  onError() {
    return new RequestFailed(0, texts.serverAway);
  },
};

/** The API by its paths. What it returns is unwrapped by {@link value}. */
export const api = createClient<paths>({
  baseUrl: globalThis.location?.origin ?? '',
  // Looked up at each call, so that a test can answer in its place.
  fetch: (request) => globalThis.fetch(request),
});
api.use(session);

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** What a request answered; throws {@link RequestFailed} with the server's own sentence if it failed. */
export async function value<T>(request: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await request;
  if (response.ok) return data as T;
  throw failure(response.status, error);
}

function failure(status: number, body: unknown): RequestFailed {
  if (typeof body === 'object' && body !== null && 'message' in body && typeof body.message === 'string') {
    const details =
      'details' in body && typeof body.details === 'object' && body.details !== null ? body.details : {};
    return new RequestFailed(status, body.message, details as Record<string, string>);
  }
  return new RequestFailed(status, texts.statusOnly(status));
}
