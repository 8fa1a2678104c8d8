import { audit, expect, open, test } from './journey';

test('an import that cannot begin says why', async ({ page }) => {
  await open(page, '/ui/issues');
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('menuitem', { name: 'Import' }).click();
  await expect(page.getByRole('heading', { name: 'Import', exact: true })).toBeVisible();
  await expect(page.getByText('No import yet')).toBeVisible();
  await audit(page);

  await page.getByLabel('Address of the other server').fill('http://127.0.0.1:9');
  await page.getByLabel('Organization there').fill('acme');
  await page.getByLabel('Token of the other server').fill('a token');
  await page.getByRole('button', { name: 'Start the dry run' }).click();

  const first = page.getByRole('region', { name: 'Imports, the newest first' }).getByRole('row').nth(1);
  await expect(first).toContainText('Failed');
  await expect(first).toContainText('127.0.0.1');
  await audit(page);
});
