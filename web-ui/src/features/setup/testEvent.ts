import { storeAddress } from './platforms';

export type Sent =
  { kind: 'accepted'; id: string } | { kind: 'refused'; status: number; why: string } | { kind: 'blocked' };

/** Sends an event the way an SDK in this browser would: to the DSN's own host, by the ingest route, marked as a test. */
export async function sendTestEvent(dsn: string): Promise<Sent> {
  const event = {
    timestamp: Date.now() / 1_000,
    platform: 'javascript',
    level: 'error',
    environment: 'test',
    tags: { sent_by: 'setup-page' },
    exception: {
      values: [
        {
          type: 'TestError',
          value: 'This is a test event; all is well',
          mechanism: { type: 'generic', handled: true },
          stacktrace: {
            frames: [
              { filename: 'setup.js', function: 'onClick', lineno: 12, in_app: true },
              { filename: 'setup.js', function: 'sendTestEvent', lineno: 34, in_app: true },
            ],
          },
        },
      ],
    },
  };
  let response: Response;
  try {
    response = await fetch(storeAddress(dsn), {
      method: 'POST',
      body: JSON.stringify(event),
      credentials: 'omit',
    });
  } catch {
    return { kind: 'blocked' };
  }
  const body = (await response.json().catch(() => ({}))) as {
    id?: string;
    detail?: string;
    message?: string;
  };
  if (response.ok) return { kind: 'accepted', id: body.id ?? '' };
  return {
    kind: 'refused',
    status: response.status,
    why: body.detail ?? body.message ?? response.statusText,
  };
}
