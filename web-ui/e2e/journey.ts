import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Page, test as base, expect } from '@playwright/test';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export const EMAIL = process.env.RESENTRY_EMAIL ?? 'admin@localhost';
export const PRINTED = process.env.RESENTRY_PASSWORD ?? '';
export const PASSWORD = 'a password of our own';
export const SESSION = 'results/session.json';

type Role = 'viewer' | 'member' | 'admin' | 'owner';

interface Watch {
  /** What the pages must not do, as far as it has been seen. */
  faults: string[];
  /** Texts of the console that a journey causes on purpose. */
  allow: RegExp[];
}

/** Notes everything that no page of ours may do. */
async function watch(page: Page, origin: string, seen: Watch): Promise<void> {
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(
        `CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`,
      );
    });
  });
  page.on('console', (message) => {
    if (message.type() === 'error') seen.faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => seen.faults.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    seen.faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin && url.protocol !== 'blob:') seen.faults.push(`request to ${url.origin}`);
  });
}

interface Journey {
  watched: Watch;
  /** Invites somebody, and returns a page of theirs with the invitation open. */
  invite: (email: string, role: Role, teams: readonly string[]) => Promise<Page>;
}

export const test = base.extend<Journey>({
  watched: [
    async ({ page, baseURL }, use) => {
      const seen: Watch = { faults: [], allow: [] };
      await watch(page, new URL(baseURL ?? '').origin, seen);
      await use(seen);
      expect(seen.faults.filter((fault) => !seen.allow.some((allowed) => allowed.test(fault)))).toEqual([]);
    },
    { auto: true },
  ],
  invite: async ({ page, browser, baseURL, watched }, use) => {
    const theirs = await browser.newContext({
      baseURL: baseURL ?? '',
      storageState: { cookies: [], origins: [] },
    });
    await use(async (email, role, teams) => {
      const { url } = await call<{ url: string }>(page, 'POST', '/api/v1/invitations', {
        email,
        role,
        teams,
      });
      const their = await theirs.newPage();
      await watch(their, new URL(baseURL ?? '').origin, watched);
      await their.goto(new URL(url).pathname);
      return their;
    });
    await theirs.close();
  },
});

export { expect };

declare global {
  interface Window {
    axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
  }
}

/** What axe has against a page, and by how many pixels the page is wider than its window. */
export async function faultsOf(page: Page, rules: readonly string[] = RULES): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  return page.evaluate(async (rules) => {
    // With an overlay open the page below it is hidden on purpose.
    const hasOverlay = document.querySelector('.dialog, .menu, .toast') !== null;
    // Suggestions cover a part of what is below them while one types; what they cover is not for pointers then.
    const hasSuggestions = document.querySelector('[role=listbox]') !== null;
    const { violations } = await window.axe.run({
      runOnly: rules,
      rules: {
        ...(hasOverlay ? { region: { enabled: false } } : {}),
        ...(hasSuggestions ? { 'target-size': { enabled: false } } : {}),
      },
      resultTypes: ['violations'],
      preload: false,
    });
    const wider = document.documentElement.scrollWidth - window.innerWidth;
    return [
      ...violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 200)).join(' | ')}`,
      ),
      ...(wider > 0 ? [`the page is ${wider} pixels wider than its window`] : []),
    ];
  }, rules);
}

/** Looks at a page as axe does, and whether it is as wide as its window, once nothing is dimmed for its next answer to come. */
export async function audit(page: Page): Promise<void> {
  await expect(page.locator('[data-stale]')).toHaveCount(0);
  expect(await faultsOf(page)).toEqual([]);
}

/** Opens a page and waits until its content is there. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.locator('main h1').first()).toBeAttached();
  await expect(page.locator('[aria-busy=true], [data-stale]')).toHaveCount(0);
}

/** Calls the API with the session of a page, and returns the status. */
export async function statusOf(page: Page, method: string, path: string, body?: unknown): Promise<number> {
  return (await ask(page, method, path, body)).status();
}

/** Calls the API with the session of a page. */
export async function call<T>(page: Page, method: string, path: string, body?: unknown): Promise<T> {
  const response = await ask(page, method, path, body);
  const text = await response.text();
  if (!response.ok()) throw new Error(`${method} ${path}: ${response.status()} ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

async function ask(page: Page, method: string, path: string, body: unknown) {
  const session = await page.request.get('/api/v1/session');
  const { csrf_token: token } = (await session.json()) as { csrf_token: string };
  return page.request.fetch(path, {
    method,
    headers: { 'X-CSRF-Token': token },
    ...(body === undefined ? {} : { data: body }),
  });
}

export interface Project {
  id: number;
  slug: string;
  dsn: string;
}

/** A project of the journey's own, so that none sees another's issues. */
export async function newProject(page: Page, name: string): Promise<Project> {
  const made = await call<{ id: number; slug: string; keys: { dsn: string }[] }>(
    page,
    'POST',
    '/api/v1/projects',
    { name, platform: 'javascript' },
  );
  return { id: made.id, slug: made.slug, dsn: made.keys[0]!.dsn };
}

/** Posts a body as an SDK without a library would, and again while gateways do not know the project yet. */
async function post(project: Project, endpoint: 'store' | 'envelope', body: string): Promise<string> {
  const dsn = new URL(project.dsn);
  const origin = process.env.RESENTRY_URL ?? dsn.origin;
  let answer = '';
  await expect
    .poll(async () => {
      const response = await fetch(`${origin}/api/${project.id}/${endpoint}/?sentry_key=${dsn.username}`, {
        method: 'POST',
        body,
      });
      answer = await response.text();
      return response.status;
    })
    .toBe(200);
  return answer;
}

/** Sends an event and returns its id. */
export async function send(project: Project, event: object): Promise<string> {
  return (JSON.parse(await post(project, 'store', JSON.stringify(event))) as { id: string }).id;
}

/** A log as SDKs send it, at this moment. */
export function logEntry(level: string, body: string, more: object = {}, attributes: object = {}): object {
  const values = { 'sentry.environment': 'production', 'sentry.release': 'shop@1.4.0', ...attributes };
  return {
    timestamp: Date.now() / 1_000,
    level,
    body,
    attributes: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value }])),
    ...more,
  };
}

/** Sends logs in one container. */
export async function sendLogs(project: Project, entries: readonly object[]): Promise<void> {
  const header = {
    type: 'log',
    content_type: 'application/vnd.sentry.items.log+json',
    item_count: entries.length,
  };
  await post(project, 'envelope', `{}\n${JSON.stringify(header)}\n${JSON.stringify({ items: entries })}\n`);
}

/** Sends an envelope as it is written. */
export async function sendEnvelope(project: Project, envelope: string): Promise<void> {
  await post(project, 'envelope', envelope);
}

/** Sends an event that is no JSON, and waits until it is a dead letter. */
export async function sendUnreadable(page: Page, project: Project): Promise<void> {
  await post(project, 'envelope', '{}\n{"type":"event"}\nno json\n');
  await awaitResults(page, `/api/v1/dead-letters?project=${project.id}`, 1);
}

/** An error of some type with a frame of our own, so that each type is an issue. */
export function failure(type: string, value: string, more: object = {}): object {
  return {
    platform: 'javascript',
    level: 'error',
    environment: 'production',
    release: 'shop@1.4.0',
    timestamp: Date.now() / 1_000,
    exception: {
      values: [
        {
          type,
          value,
          stacktrace: {
            frames: [{ filename: `src/${type}.ts`, function: `raise${type}`, lineno: 7, in_app: true }],
          },
        },
      ],
    },
    ...more,
  };
}

interface Results<T> {
  results: T[];
}

/** Waits until a list of the API has so many entries, and returns them. */
export async function awaitResults<T>(page: Page, path: string, count: number): Promise<T[]> {
  let results: T[] = [];
  await expect
    .poll(async () => {
      ({ results } = await call<Results<T>>(page, 'GET', path));
      return results.length;
    })
    .toBe(count);
  return results;
}

/** Waits until a project has as many issues as it was sent kinds of events, and returns their ids. */
export async function awaitIssues(page: Page, project: Project, count: number): Promise<number[]> {
  const path = `/api/v1/issues?project=${project.slug}`;
  return (await awaitResults<{ id: number }>(page, path, count)).map((issue) => issue.id);
}
