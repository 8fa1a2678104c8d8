import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DSN, type FakeServer, load } from './server.js';

type Client = Awaited<ReturnType<typeof load>>['client'];

let client: Client;
let server: FakeServer;

beforeEach(async () => {
  vi.useFakeTimers();
  ({ client, server } = await load());
  client.init({ dsn: DSN, release: 'shop@1', autoSessions: false });
});

afterEach(() => vi.useRealTimers());

const pass = (seconds = 0) => vi.advanceTimersByTimeAsync(seconds * 1_000);
const limited = (status: number, headers: Record<string, string>) => () =>
  new Response('{}', { status, headers });
const messages = () => server.events.map((event) => event.message);

test('a limit holds for what it names, as long as it says', async () => {
  server.answer = limited(200, { 'X-Sentry-Rate-Limits': '60:error;transaction:key, 5:session:key:quota' });
  client.captureMessage('first');
  await pass();
  server.answer = () => new Response('{}');

  client.captureMessage('limited');
  client.sendSession();
  await pass(6);
  expect(server.bodies).toHaveLength(1);
  client.sendSession('exited');
  await pass();
  expect(server.sessions).toHaveLength(1);
  await pass(55);
  client.captureMessage('second');
  await pass();

  expect(messages()).toEqual(['first', 'second']);
  expect(server.discarded).toEqual([
    { reason: 'ratelimit_backoff', category: 'error', quantity: 1 },
    { reason: 'ratelimit_backoff', category: 'session', quantity: 1 },
  ]);
});

test.each([
  ['seconds', { 'Retry-After': '10' }, 10],
  ['a date', { 'Retry-After': new Date(20_000).toUTCString() }, 20],
  ['nothing', {}, 60],
  [
    'a limit of everything, which counts more',
    { 'Retry-After': '10', 'X-Sentry-Rate-Limits': '30::project' },
    30,
  ],
])('429 with %s stops everything', async (_what, headers, seconds) => {
  vi.setSystemTime(0);
  server.answer = limited(429, headers);
  client.captureMessage('refused');
  await pass();

  await pass(seconds - 1);
  client.captureMessage('limited');
  client.sendSession();
  window.dispatchEvent(new Event('pagehide'));
  await pass();
  expect(server.bodies).toHaveLength(1);
  server.answer = () => new Response('{}');
  await pass(2);
  client.captureMessage('heard');
  await pass();

  // What was answered 429 is counted by the server.
  expect(messages()).toEqual(['refused', 'heard']);
  expect(server.discarded).toEqual([
    { reason: 'ratelimit_backoff', category: 'error', quantity: 1 },
    { reason: 'ratelimit_backoff', category: 'session', quantity: 1 },
  ]);
});

test('what a server refuses is reported and not sent again', async () => {
  server.answer = limited(413, {});
  client.captureMessage('too large');
  await pass(600);
  server.answer = () => new Response('{}');
  client.captureMessage('next');
  await pass();

  expect(messages()).toEqual(['too large', 'next']);
  expect(server.discarded).toEqual([{ reason: 'send_error', category: 'error', quantity: 1 }]);
});

test('without an answer it is sent again in the same order, and given up in the end', async () => {
  server.answer = () => Promise.reject(new TypeError('Failed to fetch'));
  client.captureMessage('a');
  client.captureMessage('b');
  await pass();
  expect(messages()).toEqual(['a']);
  await pass(2);
  expect(messages()).toEqual(['a', 'a']);
  server.answer = () => new Response('{}');
  await pass(4);
  expect(messages()).toEqual(['a', 'a', 'a', 'b']);
  expect(server.discarded).toEqual([]);

  server.answer = () => Promise.reject(new TypeError('Failed to fetch'));
  client.captureMessage('lost');
  await pass(600);
  server.answer = () => new Response('{}');
  client.captureMessage('kept');
  await pass();

  expect(messages().filter((message) => message === 'lost')).toHaveLength(5);
  expect(server.discarded).toEqual([{ reason: 'network_error', category: 'error', quantity: 1 }]);
});

test('what happens without a network is sent when it is back', async () => {
  const online = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  server.answer = () => Promise.reject(new TypeError('Failed to fetch'));
  client.captureMessage('on a train');
  await pass(3_600);
  online.mockReturnValue(true);
  server.answer = () => new Response('{}');
  window.dispatchEvent(new Event('online'));
  await pass();

  expect(server.discarded).toEqual([]);
  const tries = server.bodies.length;
  client.captureMessage('at home');
  await pass();
  expect(server.bodies).toHaveLength(tries + 1);
});

test('30 wait at most, the first ones, and the rest is counted', async () => {
  let answer: (response: Response) => void = () => {};
  server.answer = () => new Promise((resolve) => (answer = resolve));
  for (let number = 0; number < 40; number++) client.captureMessage(`${number}`);
  await pass();
  expect(server.bodies).toHaveLength(1);

  server.answer = () => new Response('{}');
  answer(new Response('{}'));
  await pass();

  expect(messages()).toEqual(Array.from({ length: 31 }, (_, number) => `${number}`));
  expect(server.discarded).toEqual([{ reason: 'queue_overflow', category: 'error', quantity: 9 }]);
});

test('what waits goes out at once when the page does, and what was dropped with it', async () => {
  server.answer = () => new Promise(() => {});
  client.captureMessage('under way');
  client.captureMessage('waits');
  window.dispatchEvent(new Event('pagehide'));

  expect(messages()).toEqual(['under way', 'waits']);
  expect(server.inits.every((init) => init.keepalive)).toBe(true);
});

test('browsers without keepalive send beacons then, and large ones wait', async () => {
  vi.stubGlobal('Request', { prototype: {} });
  const beacon = vi.spyOn(navigator, 'sendBeacon').mockReturnValueOnce(true).mockReturnValue(false);
  server.answer = () => new Promise(() => {});
  client.captureMessage('under way');
  client.captureMessage('a');
  client.captureMessage('b');
  window.dispatchEvent(new Event('pagehide'));

  expect(beacon).toHaveBeenCalledTimes(2);
  expect(beacon.mock.calls[0]![1]).toContain('"message":"a"');
  expect(messages()).toEqual(['under way']);
});

test('what is too large to outlive the page is sent without that', async () => {
  client.captureMessage('x'.repeat(100_000));
  await pass();

  expect(server.inits[0]!.keepalive).toBe(false);
});

test('the client sends past what the page puts around fetch, which may report failures itself', async () => {
  const around = vi.fn(() => {
    client.captureMessage('a request failed');
    return Promise.reject(new TypeError('Failed to fetch'));
  });
  vi.stubGlobal('fetch', around);

  client.captureMessage('once');
  await pass(600);

  expect(around).not.toHaveBeenCalled();
  expect(messages()).toEqual(['once']);
});

test('after a refusal it waits for a while', async () => {
  server.answer = limited(503, {});
  client.captureMessage('refused');
  await pass();
  server.answer = () => new Response('{}');

  client.captureMessage('waits');
  await pass(9);
  expect(messages()).toEqual(['refused']);
  await pass(2);
  expect(messages()).toEqual(['refused', 'waits']);
});

test('when the page goes away, reports and sessions go first, and what has no room keeps its order', async () => {
  const large = 'x'.repeat(1_000);
  client.init({
    dsn: DSN,
    release: 'shop@1',
    autoSessions: false,
    beforeSend: (event) => (event.message === 'dropped' ? null : event),
  });
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  server.answer = () => Promise.reject(new TypeError('no room'));
  client.captureMessage(`a ${large}`);
  await pass();
  client.captureMessage('b');
  client.sendSession();
  client.captureMessage('dropped');
  server.bodies.length = 0;
  window.dispatchEvent(new Event('pagehide'));
  await pass();

  expect(server.bodies.map((body) => JSON.parse(body.split('\n')[1]!) as unknown)).toEqual([
    { type: 'client_report' },
    { type: 'session' },
    { type: 'event' },
    { type: 'event' },
  ]);
  server.bodies.length = 0;
  server.answer = () => new Response('{}');
  window.dispatchEvent(new Event('online'));
  await pass();
  expect(messages()).toEqual([`a ${large}`, 'b']);
  expect(server.bodies[2]).toContain('{"type":"session"}');
  expect(server.discarded).toEqual([{ reason: 'before_send', category: 'error', quantity: 1 }]);
});
