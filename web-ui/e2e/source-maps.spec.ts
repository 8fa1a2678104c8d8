import type { BrowserContext, Locator, Page } from '@playwright/test';
import { audit, awaitIssues, awaitResults, call, expect, newProject, open, test } from './journey';
import { Pipeline, RELEASE } from './minified';
import { serve } from './shop';

const THROWN = 'the card expired and pays no 7';
const CODE = 'throw new RangeError(`the card expired and pays no ${amount}`);';

interface Frame {
  filename: string;
  function: string;
  lineno: number;
  pre_context?: string[];
  context_line?: string;
  post_context?: string[];
}

interface StoredEvent {
  issue_id: number;
  errors: { type: string }[] | null;
  exception: { values: { type: string; stacktrace: { frames: Frame[] } }[] };
}

/** Pays at a shop until its SDK has been heard, and returns the id of the event that it sent. */
async function pay(context: BrowserContext, url: string, dsn: string): Promise<string> {
  const customer = await context.newPage();
  let id = '';
  // The gateway learns of a new project a moment after it is made; the SDK sends each event once.
  await expect(async () => {
    await customer.goto(`${url}?dsn=${encodeURIComponent(dsn)}`);
    const answer = customer.waitForResponse(
      (response) =>
        response.url().includes('/envelope/') &&
        (response.request().postData() ?? '').includes('"type":"event"'),
    );
    await customer.getByRole('button', { name: 'Pay' }).click();
    const response = await answer;
    expect(response.status()).toBe(200);
    ({ event_id: id } = JSON.parse((response.request().postData() ?? '').split('\n')[0]!) as {
      event_id: string;
    });
  }).toPass();
  await customer.close();
  return id;
}

async function stored(page: Page, id: string): Promise<StoredEvent> {
  let event: StoredEvent | undefined;
  await expect(async () => {
    event = await call<StoredEvent>(page, 'GET', `/api/v1/events/${id}`);
  }).toPass();
  return event!;
}

const thrownBy = (event: StoredEvent) => event.exception.values.at(-1)!.stacktrace.frames.at(-1)!;

const missingIn = (event: StoredEvent) =>
  (event.errors ?? []).map((error) => error.type).filter((type) => type.startsWith('js_'));

/** The two frames of the page's own code, with what is around the line. */
function expectOriginal(event: StoredEvent): void {
  const [caller, thrower] = event.exception.values.at(-1)!.stacktrace.frames.slice(-2);
  expect(thrower).toMatchObject({
    filename: expect.stringMatching(/(^|\/)card\.js$/),
    function: 'chargeCard',
    lineno: 4,
    context_line: `    ${CODE}`,
  });
  expect(thrower!.pre_context).toContain('export function chargeCard(card, amount) {');
  expect(thrower!.post_context).toContain('  return amount;');
  expect(caller).toMatchObject({
    filename: expect.stringMatching(/(^|\/)shop\.js$/),
    function: 'checkout',
    lineno: 13,
    context_line: '  return chargeCard({ expired: true }, total);',
  });
  expect(missingIn(event)).toEqual([]);
}

async function expectOriginalOnScreen(page: Page, trace: Locator): Promise<void> {
  await expect(trace.getByRole('button', { name: /chargeCard/ })).toContainText('card.js');
  await expect(trace.getByRole('button', { name: /chargeCard/ })).toContainText(':4');
  await expect(trace.getByText(CODE).first()).toBeVisible();
  await expect(trace.getByText('export function chargeCard(card, amount) {').first()).toBeVisible();
  await expect(trace.getByRole('button', { name: /checkout/ })).toContainText('shop.js');
  await expect(trace.locator('.trace-missing')).toHaveCount(0);
  await trace.getByRole('button', { name: 'Minified', exact: true }).click();
  await expect(trace.getByRole('button', { name: /chargeCard/ })).toHaveCount(0);
  await trace.getByRole('button', { name: 'Original', exact: true }).click();
  await expect(trace.getByRole('button', { name: /chargeCard/ })).toBeVisible();
  await audit(page);
}

test('an error of a page that Vite minified becomes readable when its source map comes late', async ({
  page,
  context,
}) => {
  // A repair waits ten seconds for more uploads, on top of two builds.
  test.setTimeout(240_000);
  const project = await newProject(page, 'Late Maps');
  const pipeline = await Pipeline.of(page, project);
  const shop = await serve(await pipeline.build('vite', 'later'));
  const early = await pay(context, shop.url, project.dsn);

  const minified = await stored(page, early);
  expect(thrownBy(minified).function).not.toBe('chargeCard');
  expect(thrownBy(minified).filename).toContain('/assets/index-');
  expect(missingIn(minified)).toEqual(['js_missing_source']);
  const [issue] = await awaitIssues(page, project, 1);
  await open(page, `/ui/issues/${issue}`);
  const trace = page.getByRole('region', { name: 'Stack trace' });
  await expect(trace.locator('.trace-missing li').first()).toContainText(
    /no source map with debug id [0-9a-f-]{36}/,
  );
  await expect(trace.getByText('chargeCard')).toHaveCount(0);
  await audit(page);

  await pipeline.build('vite', 'now');

  await expect
    .poll(async () => thrownBy(await stored(page, early)).function, { timeout: 90_000 })
    .toBe('chargeCard');
  expectOriginal(await stored(page, early));
  expect((await stored(page, early)).issue_id).toBe(issue);
  await open(page, `/ui/issues/${issue}`);
  await expectOriginalOnScreen(page, trace);

  const onArrival = await stored(page, await pay(context, shop.url, project.dsn));
  shop.close();
  expectOriginal(onArrival);
  expect(onArrival.issue_id).toBe(issue);
  expect(await awaitIssues(page, project, 1)).toEqual([issue]);

  await open(page, `/ui/releases?project=${project.slug}`);
  await page.getByRole('link', { name: '1.4.0', exact: true }).click();
  await expect(page.getByRole('heading', { name: RELEASE })).toBeVisible();
  const repair = page.getByRole('list', { name: 'Source maps that came late:' });
  await expect(repair.getByRole('link', { name: '1 event readable' })).toBeVisible();
  const artifacts = page.locator('.facts').filter({ hasText: 'Artifacts' });
  await expect(artifacts.getByRole('row').filter({ hasText: 'Source map' })).toHaveCount(1);
  await audit(page);
  await repair.getByRole('link').click();
  await expect(page).toHaveURL(/\/regroups\/\d+/);
  await expect(page.locator('main')).toContainText(/source maps/i);
  await audit(page);
});

test('an error of a page that webpack minified is readable when it arrives', async ({ page, context }) => {
  test.setTimeout(240_000);
  const project = await newProject(page, 'Maps of webpack');
  const pipeline = await Pipeline.of(page, project);
  const shop = await serve(await pipeline.build('webpack', 'now'));
  await awaitResults(page, `/api/v1/projects/${project.id}/artifacts`, 2);

  const id = await pay(context, shop.url, project.dsn);
  shop.close();
  // Processors learn within a second that a project has artifacts; what came before is repaired like what came long before.
  await expect
    .poll(async () => thrownBy(await stored(page, id)).function, { timeout: 90_000 })
    .toBe('chargeCard');
  const event = await stored(page, id);

  expectOriginal(event);
  await open(page, `/ui/issues/${event.issue_id}`);
  await expect(page.getByText(THROWN).first()).toBeVisible();
  await expectOriginalOnScreen(page, page.getByRole('region', { name: 'Stack trace' }));
});

test('a source map is uploaded by a form, tried and deleted', async ({ page, watched }) => {
  watched.allow.push(/status of 400/);
  const map = {
    version: 3,
    sources: ['src/pay.ts'],
    names: [],
    // The first place of the minified code is the third line of the original.
    mappings: 'AAEA',
    sourcesContent: ['function pay(card) {\n  check(card);\n  return card.number;\n}\n'],
  };
  const file = (content: string) => ({
    name: 'app.js.map',
    mimeType: 'application/json',
    buffer: Buffer.from(content),
  });
  const project = await newProject(page, 'Uploaded');
  const { id } = await call<{ id: number }>(page, 'POST', `/api/v1/projects/${project.id}/releases`, {
    version: 'shop@3.1.0',
  });
  await open(page, `/ui/releases/${id}`);
  const artifacts = page.locator('.facts').filter({ hasText: 'Artifacts' });
  await expect(artifacts).toContainText('No source map is there.');

  await page.getByRole('button', { name: 'Upload a file' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('File', { exact: true }).setInputFiles(file('no source map'));
  await dialog.getByRole('button', { name: 'Upload' }).click();
  await expect(dialog.getByText(/is no source map of version 3/)).toBeVisible();
  await audit(page);
  await dialog.getByLabel('File', { exact: true }).setInputFiles(file(JSON.stringify(map)));
  await dialog.getByLabel('Where it is on the web').fill('~/static/app.js.map');
  await dialog.getByRole('button', { name: 'Upload' }).click();
  await expect(dialog).toHaveCount(0);
  const row = artifacts.getByRole('row').filter({ hasText: 'static/app.js.map' });
  await expect(row).toContainText('Source map');
  await audit(page);
  const download = page.waitForEvent('download');
  await row.getByRole('link').click();
  const kept = await (await download).createReadStream();
  expect(JSON.parse((await kept.toArray()).join(''))).toEqual(map);

  await page.getByLabel('Place in minified code').fill('at t (https://shop.example/static/app.js:1:1)');
  await page.getByRole('button', { name: 'Check' }).click();
  const check = page.getByRole('region', { name: 'Check a frame' });
  await expect(check.getByText('return card.number;')).toBeVisible();
  await expect(check).toContainText('src/pay.ts');
  await audit(page);

  await row.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await expect(artifacts).toContainText('No source map is there.');
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(check).toContainText('has no file ~/static/app.js.');
});
