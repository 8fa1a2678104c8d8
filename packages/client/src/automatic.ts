import { MAX_TEXT, address } from './address.js';
import { capture } from './capture.js';
import { guarded } from './guard.js';
import { exceptions, frame, isError } from './stack.js';
import { options, putBreadcrumb } from './state.js';
import { isOwn } from './transport.js';
import type { Breadcrumb, Level } from './types.js';

const note = guarded((crumb: Breadcrumb) => putBreadcrumb(crumb), undefined);

/** Whether functions of the page are wrapped; once, however often the client is set up. */
let isWrapped = false;
let isOn = false;

/** Hears of all errors that nobody handles, and of what leads to them, until the signal says otherwise. */
export function listen(signal: AbortSignal): void {
  // V8's own limit is ten calls.
  (Error as { stackTraceLimit?: number }).stackTraceLimit = 50;
  addEventListener('error', guarded(onError, undefined), { signal });
  addEventListener(
    'unhandledrejection',
    guarded((event: PromiseRejectionEvent) => unhandled(event.reason, 'onunhandledrejection'), undefined),
    { signal },
  );
  isOn = options.autoBreadcrumbs !== false;
  if (!isOn) return;
  signal.addEventListener('abort', () => (isOn = false));
  addEventListener('click', guarded(onClick, undefined), { signal, capture: true });
  addEventListener('popstate', () => navigated(location.href), { signal });
  if (!isWrapped) wrapAll();
  isWrapped = true;
}

function unhandled(thrown: unknown, type: string, values = exceptions(thrown)): void {
  capture(thrown, { mechanism: { type, handled: false } }, values);
}

function onError({ error, message, filename, lineno, colno }: ErrorEvent): void {
  if (error !== undefined && error !== null) {
    unhandled(error, 'onerror');
    return;
  }
  // Of scripts of other hosts that do not allow it, the browser says no more than this.
  const [, type = 'Error', value = ''] = /^(?:Uncaught )?(?:(\w*Error): )?([^]*)$/.exec(message)!;
  // No error: the browser goes on with it in the next frame.
  if (value.startsWith('ResizeObserver loop')) return;
  unhandled(undefined, 'onerror', [
    { type, value, ...(filename && { stacktrace: { frames: [frame(filename, lineno, colno)] } }) },
  ]);
}

/** The element that was clicked and what it is in, by what does not change with each build. */
function onClick({ target }: MouseEvent): void {
  const path: string[] = [];
  for (let at = target as Element | null; at?.tagName && path.length < 4; at = at.parentElement) {
    const label = at.getAttribute('aria-label') ?? at.getAttribute('name');
    path.unshift(
      at.tagName.toLowerCase() +
        (at.id && `#${at.id}`) +
        Array.from(at.classList, (name) => `.${name}`).join('') +
        (label ? `["${label}"]` : ''),
    );
  }
  note({ category: 'ui.click', message: path.join(' > ').slice(-MAX_TEXT) });
}

let here = '';

function navigated(url: string): void {
  const to = address(url);
  if (isOn && to !== here) note({ category: 'navigation', data: { from: here, to } });
  here = to;
}

/** Puts a function around one of an object, which does what it did and answers the same. */
function wrap(
  owner: object,
  name: string,
  around: (run: () => unknown, args: unknown[], self: unknown) => unknown,
): void {
  const functions = owner as Record<string, ((...args: unknown[]) => unknown) | undefined>;
  const original = functions[name];
  if (!original) return;
  functions[name] = function (this: unknown, ...args: unknown[]) {
    return around(() => original.apply(this, args), args, this);
  };
}

const LEVELS: Record<string, Level> = {
  debug: 'debug',
  info: 'info',
  log: 'info',
  warn: 'warning',
  error: 'error',
};

function wrapAll(): void {
  here = address(location.href);
  for (const name in LEVELS) {
    wrap(console, name, (run, args) => {
      if (isOn) note({ category: 'console', level: LEVELS[name]!, message: said(args) });
      return run();
    });
  }
  for (const name of ['pushState', 'replaceState'] as const) {
    wrap(history, name, (run) => {
      run();
      navigated(location.href);
    });
  }
  wrap(globalThis, 'fetch', (run, [input, init]) => {
    const answer = run() as Promise<Response>;
    watch(answer, input, init as RequestInit | undefined);
    return answer;
  });
  wrap(XMLHttpRequest.prototype, 'open', (run, [method, url], self) => {
    const request = self as XMLHttpRequest;
    const end = () => requested('xhr', String(method), String(url), request.status);
    request.addEventListener('loadend', end, { once: true });
    return run();
  });
}

const watch = guarded((answer: Promise<Response>, input: unknown, init?: RequestInit): void => {
  const asked = input as Partial<Request>;
  const url = asked.url ?? String(input);
  const method = init?.method ?? asked.method ?? 'GET';
  answer.then(
    ({ status }) => requested('fetch', method, url, status),
    (fault: unknown) => requested('fetch', method, url, 0, said([fault])),
  );
}, undefined);

function requested(category: string, method: string, url: string, status: number, error?: string): void {
  if (!isOn || isOwn(url)) return;
  const level = status > 0 && status < 400 ? 'info' : 'error';
  const data = { method, url: address(url), status_code: status || undefined, error };
  note({ type: 'http', category, level, data });
}

/** Objects are only named: their texts may be of any size, and are code of the page. What has no text is noted without one. */
function said(args: unknown[]): string {
  try {
    return args
      .map((one) => (Object(one) !== one || isError(one) ? String(one) : Object.prototype.toString.call(one)))
      .join(' ')
      .slice(0, MAX_TEXT);
  } catch {
    return '';
  }
}
