import { audit, expect, open, test } from './journey';

test('an administrator tries mail, and sees what came of it', async ({ page }) => {
  await open(page, '/ui/admin/system');
  const mail = page.getByRole('region', { name: 'Mail' });
  await expect(mail).toContainText('No server takes mail');

  const sent = page.waitForResponse(
    (answer) => answer.request().method() === 'POST' && answer.url().endsWith('/api/v1/mail'),
  );
  await mail.getByRole('button', { name: 'Send a test mail to me' }).click();
  expect((await sent).status()).toBe(202);

  await expect(mail.getByRole('status')).toContainText('printed to the log: EMAIL_HOST is not set');
  await audit(page);
});

test('who has forgotten the password asks for a link, and learns nothing else', async ({
  browser,
  baseURL,
}) => {
  const nobody = await browser.newContext({
    baseURL: baseURL ?? '',
    storageState: { cookies: [], origins: [] },
  });
  const page = await nobody.newPage();
  await page.goto('/ui/login');
  await page.getByRole('link', { name: 'Forgotten your password?' }).click();
  await expect(page.getByRole('heading', { name: 'Forgotten your password?' })).toBeVisible();
  await page.getByLabel('E-mail').fill('nobody@example.com');
  const asked = page.waitForResponse((answer) => answer.url().endsWith('/api/v1/password-resets'));
  await page.getByRole('button', { name: 'Send me a link' }).click();
  expect((await asked).status()).toBe(202);
  await expect(page.getByRole('status')).toContainText('If nobody@example.com has an account');
  await audit(page);
  await nobody.close();
});
