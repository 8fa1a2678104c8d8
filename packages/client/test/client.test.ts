import { expect, test, vi } from 'vitest';
import { DSN, answered, load } from './server.js';

const about = (body: string) => JSON.parse(body.split('\n')[0]!) as Record<string, unknown>;

test('an error is sent as an envelope to where the DSN says', async () => {
  const { client, server } = await load();
  client.init({ dsn: DSN, release: 'shop@1.4.0', environment: 'staging', dist: '7', autoSessions: false });
  client.setUser({ id: 7, email: 'ada@example.com' });
  client.setTag('plan', 'team');
  client.setTag('gone', 'soon');
  client.setTag('gone', null);
  client.addBreadcrumb({ category: 'cart', message: 'two things' });

  const id = client.captureException(new RangeError('no'), { tags: { area: 'pay' }, extra: { total: 7n } });
  await answered();

  expect(server.urls).toEqual([
    'https://errors.example/sub/api/7/envelope/?sentry_version=7&sentry_key=0123456789abcdef0123456789abcdef' +
      '&sentry_client=resentry.javascript/0.1.0',
  ]);
  expect(server.inits[0]).toMatchObject({ method: 'POST', keepalive: true, credentials: 'omit' });
  expect(about(server.bodies[0]!)).toMatchObject({
    event_id: id,
    dsn: DSN,
    sent_at: expect.any(String),
    sdk: { name: 'resentry.javascript', version: '0.1.0' },
  });
  expect(id).toMatch(/^[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}$/);
  expect(server.events).toEqual([
    expect.objectContaining({
      event_id: id,
      platform: 'javascript',
      level: 'error',
      release: 'shop@1.4.0',
      environment: 'staging',
      dist: '7',
      user: { id: 7, email: 'ada@example.com' },
      tags: { plan: 'team', area: 'pay' },
      extra: { total: '7' },
      breadcrumbs: [expect.objectContaining({ category: 'cart', message: 'two things' })],
      request: expect.objectContaining({ url: location.href }),
      exception: {
        values: [
          expect.objectContaining({
            type: 'RangeError',
            value: 'no',
            mechanism: { type: 'generic', handled: true },
            stacktrace: { frames: expect.arrayContaining([expect.objectContaining({ in_app: true })]) },
          }),
        ],
      },
    }),
  ]);
});

test('a message has a level, and no stack trace', async () => {
  const { client, server } = await load();
  client.init({ dsn: DSN });

  client.captureMessage('the cart is full');
  client.captureMessage('the cart is lost', { level: 'warning', fingerprint: ['cart'] });
  await answered();

  expect(
    server.events.map(({ message, level, environment, fingerprint }) => [
      message,
      level,
      environment,
      fingerprint,
    ]),
  ).toEqual([
    ['the cart is full', 'info', 'production', undefined],
    ['the cart is lost', 'warning', 'production', ['cart']],
  ]);
});

test('an error is sent once, whoever hears of it', async () => {
  const { client, server } = await load();
  client.init({ dsn: DSN });
  const error = new Error('once');

  const id = client.captureException(error);
  window.dispatchEvent(new ErrorEvent('error', { error, message: 'Uncaught Error: once' }));

  expect(client.captureException(error)).toBe(id);
  await answered();
  expect(server.events).toHaveLength(1);
});

test('what nobody handles is sent', async () => {
  const { client, server } = await load();
  client.init({ dsn: DSN });

  window.dispatchEvent(new ErrorEvent('error', { error: new TypeError('thrown'), message: 'Uncaught' }));
  window.dispatchEvent(Object.assign(new Event('unhandledrejection'), { reason: 'rejected' }));
  window.dispatchEvent(
    new ErrorEvent('error', {
      error: null,
      message: 'Uncaught SyntaxError: Unexpected token',
      filename: 'https://shop.example/a.js',
      lineno: 3,
      colno: 4,
    }),
  );
  await answered();

  expect(server.events.map((event) => event.exception!.values[0])).toEqual([
    expect.objectContaining({ type: 'TypeError', mechanism: { type: 'onerror', handled: false } }),
    { type: 'Error', value: 'rejected', mechanism: { type: 'onunhandledrejection', handled: false } },
    {
      type: 'SyntaxError',
      value: 'Unexpected token',
      mechanism: { type: 'onerror', handled: false },
      stacktrace: {
        frames: [{ filename: 'https://shop.example/a.js', function: '?', lineno: 3, colno: 4, in_app: true }],
      },
    },
  ]);
});

test('beforeSend changes and drops, and what it drops is reported with what is sent next', async () => {
  const { client, server } = await load();
  const secret = new Error('secret');
  client.init({
    dsn: DSN,
    release: 'shop@1',
    beforeSend: (event, { originalException }) =>
      originalException === secret ? null : { ...event, tags: { seen: 'yes' } },
  });
  await answered();

  client.captureException(secret);
  client.captureMessage('open');
  await answered();

  expect(server.events).toEqual([expect.objectContaining({ message: 'open', tags: { seen: 'yes' } })]);
  expect(server.discarded).toEqual([{ reason: 'before_send', category: 'error', quantity: 1 }]);
  expect(server.sessions.map((session) => session.errors)).toEqual([0]);
});

test('nothing that goes wrong gets into the page', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const { client, server } = await load();
  client.init({
    dsn: DSN,
    beforeSend: () => {
      throw new Error('broken scrubber');
    },
  });

  expect(client.captureException(new Error('kept back'))).toBe('');
  client.init({ dsn: 'no dsn' });
  expect(client.captureException(new Error('unsent'))).toMatch(/^[0-9a-f]{32}$/);
  client.init({ dsn: '' });
  client.captureMessage('unsent');
  client.sendSession();
  await answered();

  expect(server.bodies).toEqual([]);
  expect(warn.mock.calls.map(([, fault]) => (fault as Error).message)).toEqual([
    'broken scrubber',
    "dsn: 'no dsn' (expected: https://<key>@<host>/<project>)",
  ]);
});

test('a tunnel gets the envelopes, which say themselves where they are for', async () => {
  const { client, server } = await load();
  client.init({ dsn: DSN, tunnel: '/errors' });

  client.captureMessage('through');
  await answered();

  expect(server.urls).toEqual(['/errors']);
  expect(about(server.bodies[0]!).dsn).toBe(DSN);
});

test('closed, it neither hears nor sends', async () => {
  const { client, server } = await load();
  client.init({ dsn: DSN, release: 'shop@1' });
  await answered();
  client.close();

  client.captureMessage('late');
  window.dispatchEvent(new ErrorEvent('error', { error: new Error('late'), message: '' }));
  window.dispatchEvent(new Event('pagehide'));
  await answered();

  expect(server.bodies).toHaveLength(1);
});

test('an error that is thrown again and again is sent once, until another one or another visit', async () => {
  const { client, server } = await load();
  client.init({ dsn: DSN, release: 'shop@1' });
  const again = (value: string) => {
    const error = new RangeError(value);
    error.stack = `RangeError: ${value}\n    at draw (https://shop.example/a.js:1:2)`;
    return client.captureException(error);
  };

  const first = again('no');
  expect(again('no')).toBe(first);
  again('else');
  again('no');
  window.dispatchEvent(new Event('pagehide'));
  window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
  again('no');
  await answered();

  expect(server.events.map((event) => event.exception!.values[0]!.value)).toEqual(['no', 'else', 'no', 'no']);
});

test('what says nothing of the page is not held against it', async () => {
  const { client, server } = await load();
  client.init({ dsn: DSN, release: 'shop@1' });

  for (const message of [
    'ResizeObserver loop completed with undelivered notifications.',
    'ResizeObserver loop limit exceeded',
    'Script error.',
  ]) {
    window.dispatchEvent(new ErrorEvent('error', { error: null, message }));
  }
  await answered();

  expect(server.events.map((event) => event.exception!.values[0]!.value)).toEqual(['Script error.']);
  expect(server.sessions.map((session) => session.status)).toEqual(['ok', 'ok']);
});

test('a beforeSend that answers with a promise drops the event, and the console says why', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const { client, server } = await load();
  const promised = ((event: object) => Promise.resolve(event)) as never;
  client.init({ dsn: DSN, beforeSend: promised });

  client.captureMessage('kept back');
  window.dispatchEvent(new Event('pagehide'));
  await answered();

  expect(server.events).toEqual([]);
  expect(server.discarded).toEqual([{ reason: 'before_send', category: 'error', quantity: 1 }]);
  expect((warn.mock.calls[0]![1] as Error).message).toBe(
    'beforeSend: a promise (expected: an event, or null)',
  );
});
