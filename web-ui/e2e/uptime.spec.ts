import { audit, call, expect, newProject, open, test } from './journey';

test('a check of what is not there is down, becomes an issue, and can be changed and deleted', async ({
  page,
  watched,
}) => {
  watched.allow.push(/status of 400/);
  const project = await newProject(page, 'Watched');
  await open(page, `/ui/issues?project=${project.slug}`);
  await page.keyboard.press('g');
  await page.keyboard.press('u');
  await expect(page).toHaveURL(/\/ui\/uptime/);
  await expect(page.getByRole('heading', { name: 'Nothing is checked yet' })).toBeVisible();
  await audit(page);

  await page.getByRole('button', { name: 'New check' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Metadata');
  await page.getByLabel('URL', { exact: true }).fill('http://169.254.169.254/latest/meta-data');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(/169\.254\.169\.254 is a reserved address/)).toBeVisible();
  await page.getByLabel('Name', { exact: true }).fill('Shop');
  await page.getByLabel('URL', { exact: true }).fill('http://shop.invalid/health');
  await page.getByLabel('Failures in a row until it is down').fill('1');
  await audit(page);
  const saved = page.waitForResponse((response) => response.request().method() === 'POST' && response.ok());
  await page.getByRole('button', { name: 'Save' }).click();
  await saved;

  const row = page.getByRole('listitem').filter({ hasText: 'http://shop.invalid/health' });
  await expect(row.getByText('Down')).toBeVisible({ timeout: 60_000 });
  await expect(row.getByRole('img', { name: /Last 24 hours: 0 checks went well, 1 failed/ })).toBeVisible();
  await audit(page);
  await row.getByRole('link', { name: 'Shop' }).click();
  await expect(page.getByRole('heading', { name: 'Shop', level: 1 })).toBeVisible();
  await expect(page.getByRole('cell', { name: /no address is known of shop\.invalid/ })).toBeVisible();
  await audit(page);

  await page.getByRole('button', { name: 'Check now' }).click();
  await expect(page.getByRole('cell', { name: /no address is known/ })).toHaveCount(2, { timeout: 60_000 });

  await expect
    .poll(
      async () =>
        (
          await call<{ results: { title: string }[] }>(page, 'GET', `/api/v1/issues?project=${project.slug}`)
        ).results.map((issue) => issue.title),
      { timeout: 60_000 },
    )
    .toEqual(['Shop is down: no address is known of shop.invalid']);

  await page.getByRole('button', { name: 'Edit' }).click();
  await page.getByLabel('Check it').uncheck();
  const changed = page.waitForResponse((response) => response.request().method() === 'PUT');
  await page.getByRole('button', { name: 'Save' }).click();
  await changed;
  await expect(page.getByText('Paused')).toBeVisible();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('heading', { name: 'Nothing is checked yet' })).toBeVisible();
});
