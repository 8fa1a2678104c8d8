import { readFileSync } from 'node:fs';
import { audit, awaitIssues, expect, failure, newProject, send, test } from './journey';

test('events are listed in the columns one wants, exported, and found by their id from anywhere', async ({
  page,
}) => {
  const project = await newProject(page, 'Events');
  const id = await send(project, failure('First', 'a, "quoted" text'));
  await send(project, failure('Second', 'another', { level: 'warning' }));
  await awaitIssues(page, project, 2);

  await page.goto(`/ui/events?project=${project.slug}`);
  await expect(page.getByRole('row')).toHaveCount(3);
  await audit(page);
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('menuitem', { name: 'Culprit' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('columnheader', { name: 'Culprit' })).toBeVisible();
  await expect(page).toHaveURL(/columns=[a-z,]*culprit/);
  await page.getByRole('button', { name: 'All levels' }).click();
  await page.getByRole('menuitem', { name: 'warning' }).click();
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.goBack();

  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'As CSV' }).click();
  const file = readFileSync(await (await downloading).path(), 'utf8');
  expect(file.trim().split('\r\n')).toHaveLength(3);
  expect(file).toContain('"First: a, ""quoted"" text"');
  await expect(page.getByText('2 exported')).toBeVisible();

  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /Find a page/ }).fill(id);
  await expect(page.getByRole('option', { name: `Open event ${id}` })).toBeVisible();
  await audit(page);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/ui/issues/\\d+\\?.*event=${id}`));
  await expect(page.getByText('a, "quoted" text').first()).toBeVisible();

  await page.getByRole('button', { name: 'Show the event as JSON' }).click();
  await expect(page.getByRole('region', { name: 'JSON' }).first()).toContainText(`"id": "${id}"`);
});

test('older and newer events of an issue are a key away', async ({ page }) => {
  const project = await newProject(page, 'Neighbours');
  const first = await send(project, failure('Again', 'the same'));
  await awaitIssues(page, project, 1);
  const second = await send(project, failure('Again', 'the same'));
  await page.goto(`/ui/events/${first}`);
  await expect(page.locator('.event-bar code')).toHaveText(first.slice(0, 8));
  await expect
    .poll(async () => {
      await page.reload();
      return page.getByRole('button', { name: 'Newer event' }).isEnabled();
    })
    .toBe(true);
  await page.keyboard.press(']');
  await expect(page.locator('.event-bar code')).toHaveText(second.slice(0, 8));
  await page.keyboard.press('[');
  await expect(page.locator('.event-bar code')).toHaveText(first.slice(0, 8));
});
