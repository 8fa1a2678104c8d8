import { afterEach, vi } from 'vitest';
import type { Event } from '../src/index.js';

type Client = typeof import('../src/index.js');

export const DSN = 'https://0123456789abcdef0123456789abcdef@errors.example/sub/7';

export interface SessionItem {
  sid: string;
  did?: string;
  init: boolean;
  seq: number;
  errors: number;
  duration: number;
  status: string;
  attrs: Record<string, string>;
}

export interface Discarded {
  reason: string;
  category: string;
  quantity: number;
}

/** What a server has got, and how it answers. */
export class FakeServer {
  readonly bodies: string[] = [];
  readonly urls: string[] = [];
  readonly inits: RequestInit[] = [];
  answer: () => Response | Promise<Response> = () => new Response('{}');

  /** In place of `fetch`. */
  readonly fetch = (url: string, init?: RequestInit): Promise<Response> => {
    if (init?.body) {
      this.urls.push(url);
      this.inits.push(init);
      this.bodies.push(init.body as string);
    }
    return Promise.resolve().then(this.answer);
  };

  /** The payloads of a type of items, read as a server reads them: a header on a line, a payload on the next. */
  items<T>(type: string): T[] {
    return this.bodies.flatMap((body) => {
      const lines = body.split('\n').slice(1);
      return lines.flatMap((line, index) =>
        index % 2 === 0 && (JSON.parse(line) as { type: string }).type === type
          ? [JSON.parse(lines[index + 1]!) as T]
          : [],
      );
    });
  }

  get events(): Event[] {
    return this.items('event');
  }

  get sessions(): SessionItem[] {
    return this.items('session');
  }

  get discarded(): Discarded[] {
    return this.items<{ discarded_events: Discarded[] }>('client_report').flatMap(
      (report) => report.discarded_events,
    );
  }
}

/** A client as a page has just loaded it, and what it sends to. */
export async function load(): Promise<{ client: Client; server: FakeServer }> {
  const server = new FakeServer();
  vi.stubGlobal('fetch', server.fetch);
  // The browser of these tests has no keepalive.
  vi.stubGlobal('Request', { prototype: { keepalive: false } });
  vi.resetModules();
  const client = await import('../src/index.js');
  loaded.push(client);
  return { client, server };
}

const loaded: Client[] = [];
afterEach(() => loaded.splice(0).forEach((client) => client.close()));

/** Lets answers come in. */
export const answered = (): Promise<void> => new Promise((done) => setTimeout(done));
