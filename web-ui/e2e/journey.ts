import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Page, test as base, expect } from '@playwright/test';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export const EMAIL = process.env.RESENTRY_EMAIL ?? 'admin@localhost';
export const PRINTED = process.env.RESENTRY_PASSWORD ?? '';
export const PASSWORD = 'a password of our own';
export const SESSION = 'results/session.json';

interface Watch {
  /** What the page must not do, as far as it has been seen. */
  faults: string[];
  /** Texts of the console that a journey causes on purpose. */
  allow: RegExp[];
}

/** Notes everything that no page of ours may do. */
async function watch(page: Page, origin: string): Promise<Watch> {
  const seen: Watch = { faults: [], allow: [] };
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
  return seen;
}

export const test = base.extend<{ watched: Watch }>({
  watched: [
    async ({ page, baseURL }, use) => {
      const seen = await watch(page, new URL(baseURL ?? '').origin);
      await use(seen);
      expect(seen.faults.filter((fault) => !seen.allow.some((allowed) => allowed.test(fault)))).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

declare global {
  interface Window {
    axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
  }
}

/** Looks at a page as axe does, and whether it is as wide as its window. */
export async function audit(page: Page): Promise<void> {
  await page.evaluate(AXE);
  const violations = await page.evaluate(async (rules) => {
    // With an overlay open the page below it is hidden on purpose.
    const hasOverlay = document.querySelector('.dialog, .menu, .toast') !== null;
    const { violations } = await window.axe.run({
      runOnly: rules,
      rules: hasOverlay ? { region: { enabled: false } } : {},
    });
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 200)).join(' | ')}`,
    );
  }, RULES);
  expect(violations).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow, 'the page is wider than its window').toBeLessThanOrEqual(0);
}

/** A browser inside the page: calls the API with the session of the journey. */
export async function call<T>(page: Page, method: string, path: string, body?: unknown): Promise<T> {
  return page.evaluate(
    async ([method, path, body]) => {
      const session = (await (await fetch('/api/v1/session')).json()) as { csrf_token: string };
      const response = await fetch(path, {
        method,
        headers: { 'X-CSRF-Token': session.csrf_token, 'Content-Type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
      return text === '' ? undefined : JSON.parse(text);
    },
    [method, path, body] as const,
  ) as Promise<T>;
}

export interface Project {
  id: number;
  slug: string;
  dsn: string;
}

/** A project of the journey's own, so that none sees another's issues. */
export async function newProject(page: Page, name: string): Promise<Project> {
  await page.goto('/ui/issues');
  const made = await call<{ id: number; slug: string; keys: { dsn: string }[] }>(
    page,
    'POST',
    '/api/v1/projects',
    {
      name,
      platform: 'javascript',
    },
  );
  return { id: made.id, slug: made.slug, dsn: made.keys[0]!.dsn };
}

/** Sends an event as an SDK without a library would, and again while gateways do not know the project yet. */
export async function send(project: Project, event: object): Promise<string> {
  const dsn = new URL(project.dsn);
  const address = `${process.env.RESENTRY_URL ?? dsn.origin}/api/${project.id}/store/?sentry_key=${dsn.username}`;
  let answer = '';
  await expect
    .poll(async () => {
      const response = await fetch(address, { method: 'POST', body: JSON.stringify(event) });
      answer = await response.text();
      return response.status;
    })
    .toBe(200);
  return (JSON.parse(answer) as { id: string }).id;
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

/** Waits until a project has as many issues as it was sent kinds of events. */
export async function awaitIssues(page: Page, project: Project, count: number): Promise<void> {
  await expect
    .poll(async () => {
      const { results } = await call<{ results: unknown[] }>(
        page,
        'GET',
        `/api/v1/issues?project=${project.slug}`,
      );
      return results.length;
    })
    .toBe(count);
}
