import { audit, expect, open, test } from './journey';

test('a webhook of all projects is made, turned off and removed, and its secret is shown once', async ({
  page,
}) => {
  await open(page, '/ui/admin/webhooks');
  const url = `https://hooks.example.com/${Date.now()}`;
  await page.getByLabel('URL').fill(url);
  await page.getByLabel('Alert fired').check();
  const made = page.waitForResponse(
    (answer) => answer.request().method() === 'POST' && answer.url().endsWith('/api/v1/webhooks'),
  );
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  expect((await made).status()).toBe(201);
  await expect(page.getByRole('status').filter({ hasText: 'not shown again' })).toBeVisible();
  const row = page.getByRole('row').filter({ hasText: url });
  await expect(row).toContainText('Alert fired');
  await audit(page);

  const changed = page.waitForResponse((answer) => answer.request().method() === 'PUT');
  await row.getByRole('button', { name: 'Turn off' }).click();
  expect((await changed).status()).toBe(200);
  await expect(row).toContainText('Off');

  await row.getByRole('button', { name: 'Remove' }).click();
  const removed = page.waitForResponse((answer) => answer.request().method() === 'DELETE');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  expect((await removed).status()).toBe(204);
  await expect(row).toHaveCount(0);
});

test('one says of what one wants mail, and that stays', async ({ page }) => {
  await open(page, '/ui/account/notifications');
  const comments = page.getByLabel('somebody comments on an issue');
  await expect(comments).toBeChecked();
  const saved = page.waitForResponse((answer) => answer.request().method() === 'PUT');
  await comments.uncheck();
  expect((await saved).status()).toBe(200);
  await page.reload();
  await expect(comments).not.toBeChecked();
  await comments.check();
  await audit(page);
});
