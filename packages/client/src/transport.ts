import { envelopeUrl } from './dsn.js';
import { json } from './stack.js';

export const NAME = 'resentry.javascript';
export const VERSION = '0.1.0';

/** The categories of limits and reports. */
type Category = 'error' | 'session';

/** Why something was not sent, in the words of client reports. */
type Reason = 'before_send' | 'queue_overflow' | 'ratelimit_backoff' | 'network_error' | 'send_error';

interface Item {
  category: Category;
  type: 'event' | 'session';
  body: string;
  /** Its place in the queue, also when it is put back. */
  order: number;
  eventId?: string;
  failures: number;
}

const MAX_QUEUED = 30;
const MAX_FAILURES = 5;
const WITHOUT_NETWORK = 60_000;
const AFTER_REFUSAL = 10_000;
/** What a browser sends after the page is gone is 64 KiB at a time. */
const MAX_KEEPALIVE = 60_000;

/** Taken before the page wraps it: what reports failed requests would report those of reports too. */
const browserFetch = globalThis.fetch;

let url = '';
let dsn = '';
let queue: Item[] = [];
let order = 0;
let isSending = false;
let notBefore = 0;
/** When limits end, by category; without a name the one of all. */
let limits: Record<string, number> = {};
/** What was dropped and not reported yet, by reason and category. */
let dropped: Record<string, number> = {};

export function connect(address: string, tunnel?: string): void {
  // Said in words of its own: without a valid DSN there is nothing to pass on either.
  const direct = address && envelopeUrl(address, `${NAME}/${VERSION}`);
  dsn = address;
  url = (direct && tunnel) || direct;
  queue = [];
  limits = {};
  dropped = {};
  notBefore = 0;
}

/** Sends nothing from here on. */
export function disconnect(): void {
  url = '';
  queue = [];
}

export const isConnected = (): boolean => !!url;

/** Whether a request is one of the client, which is no breadcrumb. */
export const isOwn = (address: string): boolean => address === url;

export function drop(reason: Reason, category: Category): void {
  const key = `${reason}:${category}`;
  dropped[key] = (dropped[key] ?? 0) + 1;
}

/** Sends an item as soon as those before it are sent. */
export function enqueue(type: Item['type'], payload: object, eventId?: string): void {
  const category = eventId ? 'error' : 'session';
  if (queue.length >= MAX_QUEUED) {
    drop('queue_overflow', category);
  } else if (url) {
    queue.push({
      category,
      type,
      body: json(payload),
      order: order++,
      failures: 0,
      ...(eventId && { eventId }),
    });
    void sendNext();
  }
}

/** One after the other: the start of a session is there before what became of it, and a limit stops those behind it. */
export async function sendNext(): Promise<void> {
  if (isSending || Date.now() < notBefore) return;
  isSending = true;
  for (let item = next(); item; item = next()) {
    const wait = await send(item);
    if (wait) {
      notBefore = Date.now() + wait;
      setTimeout(() => void sendNext(), wait);
      break;
    }
  }
  isSending = false;
}

/** Sends what waits for the network. */
export function sendNow(): void {
  notBefore = 0;
  void sendNext();
}

/** Sends all that waits at once, as the page goes away, and what was dropped; first what is small, as there may not be room for all. */
export function sendRest(): void {
  if (!url) return;
  // Taken out first, as what the browser has no room for is put back.
  const rest = [];
  for (let item = next(); item; item = next()) rest.push(item);
  if (Object.keys(dropped)[0] && !isLimited('')) void send(undefined, true);
  for (const type of ['session', 'event']) {
    for (const item of rest) if (item.type === type) void send(item, true);
  }
}

/** The next item that no limit forbids. */
function next(): Item | undefined {
  let item = queue.shift();
  while (item && (isLimited('') || isLimited(item.category))) {
    drop('ratelimit_backoff', item.category);
    item = queue.shift();
  }
  return item;
}

const isLimited = (category: string): boolean => (limits[category] ?? 0) > Date.now();

/** Sends an item with what was dropped before it, and says for how long nothing is to be sent then. */
async function send(item?: Item, isLast?: boolean): Promise<number> {
  const to = url;
  const reported = dropped;
  dropped = {};
  const body = envelope(item, reported);
  const keepalive = new Blob([body]).size < MAX_KEEPALIVE;
  try {
    // A beacon has the cookies of the server with it, so it is for browsers only that have nothing else.
    if (isLast && !('keepalive' in Request.prototype)) {
      if (!navigator.sendBeacon(to, body)) throw new Error('no room');
      return 0;
    }
    const answer = await browserFetch(to, {
      method: 'POST',
      body,
      keepalive,
      credentials: 'omit',
      referrerPolicy: 'strict-origin',
    });
    obey(answer);
    // Limits say for how long themselves.
    if (answer.status < 400 || answer.status === 429) return 0;
    if (item) drop('send_error', item.category);
    return AFTER_REFUSAL;
  } catch {
    // The page has set it up anew in the meantime.
    if (to !== url) return 0;
    for (const key in reported) dropped[key] = (dropped[key] ?? 0) + reported[key]!;
    if (!item) return 0;
    // Without a network nobody is to blame.
    if (navigator.onLine) item.failures++;
    if (item.failures < MAX_FAILURES) {
      queue.push(item);
      queue.sort((one, other) => one.order - other.order);
      return item.failures ? 1_000 * 2 ** item.failures : WITHOUT_NETWORK;
    }
    drop('network_error', item.category);
    return 0;
  }
}

function envelope(item: Item | undefined, reported: Record<string, number>): string {
  const header = {
    event_id: item?.eventId,
    sent_at: new Date().toISOString(),
    dsn,
    sdk: { name: NAME, version: VERSION },
  };
  const discarded = Object.entries(reported).map(([key, quantity]) => {
    const [reason, category] = key.split(':');
    return { reason, category, quantity };
  });
  const report = { timestamp: Date.now() / 1_000, discarded_events: discarded };
  return [
    json(header),
    ...(item ? [json({ type: item.type }), item.body] : []),
    ...(discarded[0] ? ['{"type":"client_report"}', json(report)] : []),
  ].join('\n');
}

/** Remembers the limits of an answer: those that it names, or else the one that status 429 means. */
function obey(answer: Response): void {
  const named = answer.headers.get('X-Sentry-Rate-Limits');
  if (named) {
    for (const limit of named.split(',')) {
      const [seconds, categories = ''] = limit.trim().split(':');
      for (const category of categories.split(';')) restrict(category, +seconds!);
    }
  } else if (answer.status === 429) {
    const after = answer.headers.get('Retry-After') ?? '';
    restrict('', after ? +after || (Date.parse(after) - Date.now()) / 1_000 : 60);
  }
}

function restrict(category: string, seconds: number): void {
  const until = Date.now() + 1_000 * (Number.isNaN(seconds) ? 60 : seconds);
  limits[category] = Math.max(limits[category] ?? 0, until);
}
