import type { BrowserContext, Request } from '@playwright/test';
import { audit, awaitIssues, call, expect, failure, newProject, open, send, test } from './journey';
import { openShop } from './shop';

const RELEASE = 'shop@1.4.0';

/** Whether the browser SDK says by a request that a session starts, or how it goes on. */
const says = (request: Request, starts: boolean) => {
  const body = request.postData() ?? '';
  return body.includes('"type":"session"') && body.includes(`"init":${starts}`);
};

interface Sum {
  category: string;
  outcome: string;
  items: number;
}

interface Visit {
  /** What the customer does. */
  press?: string;
  /** The start of the session arrives after what became of it. */
  startIsLate?: boolean;
}

/** Visits a page with the browser SDK, and returns the requests about the session once all of them are answered. */
async function visit(
  context: BrowserContext,
  url: string,
  { press, startIsLate = false }: Visit,
): Promise<Request[]> {
  const customer = await context.newPage();
  const answered = async (starts: boolean) => {
    const response = await customer.waitForResponse((answer) => says(answer.request(), starts));
    expect(response.status()).toBe(200);
    return response.request();
  };
  const start = answered(true);
  const update = press ? answered(false) : undefined;
  if (startIsLate) {
    await customer.route('**/envelope/**', async (route) => {
      if (says(route.request(), true)) await update;
      await route.continue();
    });
  }
  const started = customer.waitForRequest((request) => says(request, true));
  await customer.goto(url);
  await (startIsLate ? started : start);
  if (press) await customer.getByRole('button', { name: press }).click();
  const requests = [await update, await start].filter((request) => request !== undefined);
  await customer.close();
  return requests;
}

test('visits of a page with the browser SDK are counted once each, however they arrive', async ({
  page,
  context,
}) => {
  const project = await newProject(page, 'Visited');
  // The gateway knows the project from here on, and refuses no session of the SDK.
  await send(project, failure('First', 'of the project', { release: RELEASE }));
  await awaitIssues(page, project, 1);
  const shop = await openShop();
  const url = `${shop.url}?dsn=${encodeURIComponent(project.dsn)}`;

  await visit(context, url, {});
  await visit(context, url, { press: 'Save' });
  await visit(context, url, { press: 'Ship', startIsLate: true });
  // A network that loses the answer has the same sent again, here in another order.
  for (const request of await visit(context, url, { press: 'Pay' })) {
    const again = await page.request.post(request.url(), { data: request.postData() ?? '' });
    expect(again.status()).toBe(200);
  }
  shop.close();

  // Seven envelopes with a session in them, and the two that came again.
  await expect
    .poll(async () => {
      const outcomes = await call<Sum[]>(page, 'GET', `/api/v1/outcomes?project=${project.id}`);
      return outcomes
        .filter((sum) => sum.category === 'session' && sum.outcome === 'stored')
        .reduce((items, sum) => items + sum.items, 0);
    })
    .toBe(9);
  const { results } = await call<{ results: { id: number }[] }>(
    page,
    'GET',
    `/api/v1/releases?project=${project.slug}`,
  );
  expect(await call(page, 'GET', `/api/v1/releases/${results[0]!.id}/health`)).toMatchObject({
    sessions: 4,
    healthy: 1,
    errored: 1,
    unhandled: 2,
    abnormal: 0,
    crashed: 0,
  });
  expect(await call(page, 'GET', `/api/releases/health/?project=${project.slug}`)).toEqual([
    {
      version: RELEASE,
      environment: 'production',
      total_sessions: 4,
      crashed_sessions: 0,
      crash_free_rate: 1,
    },
  ]);

  await open(page, `/ui/releases?project=${project.slug}`);
  await page.getByRole('link', { name: '1.4.0', exact: true }).click();
  const health = page.getByRole('region', { name: 'Sessions', exact: true });
  await expect(health).toContainText('0 crashed, 0 abnormal, 3 with errors');
  await expect(health).toContainText('100 %');
  await audit(page);
});
