import { expect, test } from 'vitest';
import { DSN, answered, load } from './server.js';

const RELEASE = 'shop@1.4.0';
const told = ({
  init,
  seq,
  errors,
  status,
}: {
  init: boolean;
  seq: number;
  errors: number;
  status: string;
}) => `${init ? 'begins' : 'goes on'} ${seq} ${status} ${errors}`;

test('a visit is a session from its start to its end', async () => {
  const { client, server } = await load();
  client.init({ dsn: DSN, release: RELEASE });
  client.setUser({ id: 7 });

  client.captureException(new Error('handled'));
  client.captureException(new Error('handled too'));
  client.captureMessage('no error');
  window.dispatchEvent(new Event('pagehide'));
  await answered();

  expect(server.sessions.map(told)).toEqual(['begins 0 ok 0', 'goes on 1 ok 1', 'goes on 2 exited 2']);
  expect(new Set(server.sessions.map((session) => session.sid)).size).toBe(1);
  expect(server.sessions[2]).toMatchObject({
    did: '7',
    duration: expect.any(Number),
    attrs: { release: RELEASE, environment: 'production', user_agent: navigator.userAgent },
  });
});

test('an error that nobody handles ends it, and a page that comes back begins another', async () => {
  const { client, server } = await load();
  client.init({ dsn: DSN, release: RELEASE });

  window.dispatchEvent(new ErrorEvent('error', { error: new Error('thrown'), message: '' }));
  window.dispatchEvent(new ErrorEvent('error', { error: new Error('and again'), message: '' }));
  window.dispatchEvent(new Event('pagehide'));
  window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: false }));
  window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
  await answered();

  expect(server.sessions.map(told)).toEqual(['begins 0 ok 0', 'goes on 1 unhandled 1', 'begins 0 ok 0']);
  expect(new Set(server.sessions.map((session) => session.sid)).size).toBe(2);
});

test('a page says by itself how it goes', async () => {
  const { client, server } = await load();
  client.init({ dsn: DSN, release: RELEASE, autoSessions: false });

  client.sendSession();
  client.sendSession();
  client.sendSession('crashed');
  window.dispatchEvent(new Event('pagehide'));
  client.sendSession('exited');
  await answered();

  expect(server.sessions.map(told)).toEqual([
    'begins 0 ok 0',
    'goes on 1 ok 0',
    'goes on 2 crashed 0',
    'begins 0 exited 0',
  ]);
});

test('without a release there is none', async () => {
  const { client, server } = await load();
  client.init({ dsn: DSN });
  client.sendSession();
  await answered();

  expect(server.bodies).toEqual([]);
});

test('a user whose id is null is nobody', async () => {
  const { client, server } = await load();
  client.init({ dsn: DSN, release: RELEASE, autoSessions: false });
  client.setUser({ id: null as never });

  client.sendSession();
  await answered();

  expect(server.sessions[0]).not.toHaveProperty('did');
});
