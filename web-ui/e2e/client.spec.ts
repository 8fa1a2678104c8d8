import type { Page } from '@playwright/test';
import { audit, call, expect, failure, newProject, open, send, test } from './journey';
import { RELEASE, buildReactShop } from './react-shop';
import { serve } from './shop';

interface StoredEvent {
  issue_id: number;
  release: string;
  contexts: { react?: { componentStack: string } } | null;
  exception: {
    values: {
      type: string;
      stacktrace: { frames: { filename: string; lineno: number; context_line?: string }[] };
    }[];
  };
}

interface Sum {
  category: string;
  outcome: string;
  reason: string;
  quantity: number;
}

const of = (type: 'event' | 'session', body: string | null) => (body ?? '').includes(`{"type":"${type}"}`);

/** Does something and returns how the server answers the next item of a type that the page sends, and for which event. */
async function sentBy(customer: Page, type: 'event' | 'session', act: () => Promise<unknown>) {
  const answer = customer.waitForResponse(
    (response) => response.url().includes('/envelope/') && of(type, response.request().postData()),
  );
  await act();
  const response = await answer;
  const header = (response.request().postData() ?? '').split('\n')[0]!;
  return { status: response.status(), id: (JSON.parse(header) as { event_id?: string }).event_id ?? '' };
}

/** Where the error of an event was thrown, once that is known in the original code. */
async function thrownAt(
  page: Page,
  id: string,
): Promise<StoredEvent & { at: string; code: string | undefined }> {
  let found: StoredEvent | undefined;
  // What arrives before the processor has heard of the upload is repaired like what came long before.
  await expect
    .poll(
      async () => {
        const answer = await page.request.get(`/api/v1/events/${id}`);
        if (!answer.ok()) return '';
        found = (await answer.json()) as StoredEvent;
        return found.exception.values.at(-1)!.stacktrace.frames.at(-1)!.filename;
      },
      { timeout: 90_000 },
    )
    .toMatch(/src\/\w+\.jsx?$/);
  const frame = found!.exception.values.at(-1)!.stacktrace.frames.at(-1)!;
  return {
    ...found!,
    at: `${frame.filename.replace(/^.*\//, '')}:${frame.lineno}`,
    code: frame.context_line?.trim(),
  };
}

test('a React page with the small client reports what happens to it, in its original code', async ({
  page,
  context,
}) => {
  test.setTimeout(240_000);
  const project = await newProject(page, 'React shop');
  const shop = await serve(await buildReactShop(page, project));
  // The gateway knows the project from here on; the client sends each item once.
  await send(project, failure('First', 'of the project'));
  const customer = await context.newPage();
  const press = (name: string) => customer.getByRole('button', { name }).click();
  const visit = () => sentBy(customer, 'session', () => customer.goto(shop.url));

  expect(await visit()).toEqual({ status: 200, id: '' });
  const caught = await sentBy(customer, 'event', () => press('Save'));
  const broken = await sentBy(customer, 'event', () => press('Break the cart'));
  await expect(customer.getByRole('alert')).toContainText(broken.id);
  await press('Try again');
  await expect(customer.getByText('a book', { exact: true })).toBeVisible();
  const asked = await sentBy(customer, 'event', () => press('Ask'));
  await visit();
  const thrown = await sentBy(customer, 'event', () => press('Pay'));
  const rejected = await sentBy(customer, 'event', () => press('Ship'));
  await visit();

  for (const { status, id } of [caught, broken, asked, thrown, rejected]) {
    expect({ status, id }).toEqual({ status: 200, id: expect.stringMatching(/^[0-9a-f]{32}$/) });
  }
  const ofCard = {
    at: 'checkout.js:4',
    code: 'throw new RangeError(`the card expired and pays no ${amount}`);',
    release: RELEASE,
  };
  const ofThrown = await thrownAt(page, thrown.id);
  expect(ofThrown).toMatchObject(ofCard);
  expect(await thrownAt(page, caught.id)).toMatchObject(ofCard);
  expect(await thrownAt(page, rejected.id)).toMatchObject({ at: 'checkout.js:12' });
  const ofCart = await thrownAt(page, broken.id);
  expect(ofCart).toMatchObject({ at: 'App.jsx:8', code: expect.stringContaining('item.name') });
  expect(ofCart.contexts?.react?.componentStack).toContain('at ');

  const sessions = { sessions: 3, healthy: 1, errored: 1, unhandled: 1, crashed: 0 };
  await expect(async () => {
    const { results } = await call<{ results: { id: number; version: string }[] }>(
      page,
      'GET',
      `/api/v1/releases?project=${project.slug}`,
    );
    const release = results.find(({ version }) => version === RELEASE);
    expect(await call(page, 'GET', `/api/v1/releases/${release?.id}/health`)).toMatchObject(sessions);
  }).toPass();

  await open(page, `/ui/issues/${ofThrown.issue_id}`);
  const trace = page.getByRole('region', { name: 'Stack trace' });
  await expect(trace.getByRole('button', { name: /chargeCard/ })).toContainText('checkout.js');
  await expect(trace.getByText(ofCard.code).first()).toBeVisible();
  await audit(page);

  await call(page, 'PATCH', `/api/v1/projects/${project.id}`, {
    limits: [{ categories: ['error', 'default'], limit: 0, window_seconds: 60 }],
  });
  await expect.poll(async () => (await sentBy(customer, 'event', () => press('Ask'))).status).toBe(429);
  let isAsking = false;
  customer.on('request', (request) => (isAsking ||= of('event', request.postData())));
  await press('Ask');
  await press('Save');
  // Leaving says what was not sent.
  await customer.goto('about:blank');
  await expect
    .poll(async () => {
      const outcomes = await call<Sum[]>(page, 'GET', `/api/v1/outcomes?project=${project.id}`);
      return outcomes.find((sum) => sum.outcome === 'client_discarded');
    })
    .toMatchObject({ category: 'error', reason: 'ratelimit_backoff', quantity: 2 });
  expect(isAsking).toBe(false);
  shop.close();
});
