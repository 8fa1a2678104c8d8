import { audit, awaitIssues, call, expect, failure, newProject, open, send, test } from './journey';

test('the dashboard follows events, also after the stream broke off, and is shared by its address', async ({
  page,
  context,
  watched,
}) => {
  watched.allow.push(/ERR_INTERNET_DISCONNECTED/);
  const project = await newProject(page, 'Watched');
  await open(page, `/ui/dashboard?project=${project.slug}`);
  await expect(page.getByRole('heading', { name: 'No event yet' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Set up a project' })).toBeVisible();
  await audit(page);

  await send(project, failure('Watched', 'as it comes'));
  const errors = page.locator('dl[aria-label=Figures] > div').filter({ hasText: 'Errors' });
  await expect(errors).toContainText('1', { timeout: 20_000 });
  await expect(page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible();
  await expect(page.getByRole('link', { name: /Watched/ }).first()).toBeVisible();
  await audit(page);

  await context.setOffline(true);
  await expect(page.getByRole('status').filter({ hasText: 'Connecting…' })).toBeVisible({ timeout: 20_000 });
  await send(project, failure('Missed', 'while nobody listened'));
  await awaitIssues(page, project, 2);
  await context.setOffline(false);
  await expect(page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible({ timeout: 30_000 });
  await expect(errors).toContainText('2', { timeout: 20_000 });
  await expect(page.getByRole('link', { name: /Missed/ })).toBeVisible();

  await page.keyboard.press('l');
  await expect(page).toHaveURL(/live=0/);
  await expect(page.getByRole('status').filter({ hasText: 'Paused' })).toBeVisible();
  await page.keyboard.press('l');
  await page.keyboard.press('t');
  await expect(page).toHaveURL(/tv=1/);
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeHidden();
  await page.setViewportSize({ width: 1440, height: 900 });
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(900);
  await audit(page);
  await page.reload();
  await expect(errors).toContainText('2');
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeHidden();
  await page.getByRole('button', { name: 'Show the navigation' }).click();

  await page.getByRole('button', { name: 'Table' }).click();
  await page.locator('.time-chart-table button').last().click();
  await expect(page).toHaveURL(/\/ui\/issues\?.*start=/);
});

test('a bar of the dashboard leads to the issues of its time', async ({ page }) => {
  const project = await newProject(page, 'Barred');
  await send(project, failure('Barred', 'in the last minute'));
  await awaitIssues(page, project, 1);
  await open(page, `/ui/dashboard?project=${project.slug}&range=1h`);
  const bars = page.locator('.time-chart .u-over');
  const box = await bars.boundingBox();
  // Below the marks nothing lies over the bars; any bar will do.
  await bars.click({ position: { x: (box?.width ?? 0) - 12, y: (box?.height ?? 0) - 20 } });
  await expect(page).toHaveURL(/\/ui\/issues\?.*start=.*end=/);
});

test('a part of the dashboard that fails says so by itself', async ({ page, watched }) => {
  watched.allow.push(/status of 500/);
  const project = await newProject(page, 'Partly');
  await send(project, failure('Partly', 'there'));
  await awaitIssues(page, project, 1);
  await page.route('**/api/v1/dashboard/releases*', (route) =>
    route.fulfill({
      status: 500,
      json: { error: 'internal', message: 'The disk is on fire', status_code: 500, details: {} },
    }),
  );
  await page.goto(`/ui/dashboard?project=${project.slug}`);
  await expect(page.getByRole('alert').filter({ hasText: 'The disk is on fire' })).toHaveCount(1);
  await expect(page.getByRole('link', { name: /Partly/ }).first()).toBeVisible();
  await expect(page.locator('dl[aria-label=Figures]')).toBeVisible();
});

test('a limit is tried before it is saved, and protection is switched on', async ({ page }) => {
  const project = await newProject(page, 'Tried');
  for (let i = 0; i < 4; i++) await send(project, failure('Tried', 'again'));
  await awaitIssues(page, project, 1);
  await open(page, `/ui/projects/${project.slug}/settings/limits`);
  await page.getByRole('button', { name: 'Add a limit' }).click();
  await page.getByLabel('At most').fill('1');
  await page.getByLabel('in seconds').fill('86400');
  await expect(async () => {
    await page.getByRole('button', { name: 'Try on the last 7 days' }).click();
    await expect(page.getByText(/It would have refused [23] of 4 errors/)).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await audit(page);

  await page.getByLabel('Limit errors while a spike lasts').check();
  const saved = page.waitForResponse((response) => response.request().method() === 'PATCH');
  await page.getByRole('button', { name: 'Save protection' }).click();
  await saved;
  await expect(page.getByText('No spike lasts now.')).toBeVisible();
  const answer = await call<{ spike_protection: boolean }>(page, 'GET', `/api/v1/projects/${project.id}`);
  expect(answer.spike_protection).toBe(true);
});
