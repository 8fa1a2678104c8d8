import { readFileSync } from 'node:fs';
import { audit, awaitIssues, expect, failure, newProject, open, send, test } from './journey';

test('events are listed in the columns one wants, exported, and found by their id from anywhere', async ({
  page,
}) => {
  const project = await newProject(page, 'Events');
  const id = await send(project, failure('First', 'a, "quoted" text'));
  await send(project, failure('Second', 'another', { level: 'warning', tags: { cart: '7' } }));
  await awaitIssues(page, project, 2);

  await page.goto(`/ui/events?project=${project.slug}`);
  await expect(page.getByRole('row')).toHaveCount(3);
  await audit(page);
  await page.getByRole('button', { name: 'Columns' }).click();
  const picker = page.getByRole('dialog', { name: 'Columns of the list' });
  await picker.getByRole('checkbox', { name: 'Culprit' }).click();
  await expect(page.getByRole('columnheader', { name: 'Culprit' })).toBeVisible();
  await expect(page).toHaveURL(/columns=[a-z,]*culprit/);
  await picker.getByLabel('Field or tag').fill('cart');
  await picker.getByRole('button', { name: 'Add' }).click();
  await expect(page.getByRole('columnheader', { name: 'cart' })).toBeVisible();
  await expect(page.getByRole('cell', { name: '7', exact: true })).toBeVisible();
  await picker.getByRole('button', { name: 'Move cart to the front' }).click();
  await expect(page).toHaveURL(/columns=[a-z,]*cart,culprit/);
  await audit(page);
  await picker.getByRole('button', { name: 'Close' }).click();
  const edge = page.getByRole('separator', { name: 'Width of cart' });
  await edge.focus();
  const before = Number(await edge.getAttribute('aria-valuenow'));
  await edge.press('ArrowRight');
  await expect.poll(async () => Number(await edge.getAttribute('aria-valuenow'))).toBeGreaterThan(before);
  const width = await edge.getAttribute('aria-valuenow');
  await page.reload();
  await expect(edge).toHaveAttribute('aria-valuenow', width ?? '');

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

test('facets narrow the list to what has a value, or has it not', async ({ page }) => {
  const project = await newProject(page, 'Facets');
  for (const [type, level, cart] of [
    ['First', 'error', '7'],
    ['Second', 'warning', '7'],
    ['Third', 'warning', '8'],
  ] as const) {
    await send(project, failure(type, 'a failure', { level, tags: { cart } }));
  }
  await awaitIssues(page, project, 3);
  await open(page, `/ui/events?project=${project.slug}`);
  const facets = page.getByRole('region', { name: 'What they have in common' });
  const rows = page.getByRole('table', { name: 'Events' }).getByRole('row');
  await expect(rows).toHaveCount(4);

  await facets.getByTitle('Add level:warning to the search', { exact: true }).click();
  await expect(page).toHaveURL(/query=level:warning/);
  await expect(rows).toHaveCount(3);
  await facets.getByTitle('Add cart:7 to the search', { exact: true }).click({ modifiers: ['Alt'] });
  await expect(rows).toHaveCount(2);
  await expect(page.getByRole('row').filter({ hasText: 'Third' })).toBeVisible();
  await audit(page);
  await page.goBack();
  await expect(rows).toHaveCount(3);
  await facets.getByRole('button', { name: 'Add !cart:8 to the search' }).press('Enter');
  await expect(rows).toHaveCount(2);
  await expect(page.getByRole('row').filter({ hasText: 'Second' })).toBeVisible();
  // As long as it is there it has the focus, and takes the space bar.
  await expect(facets.getByRole('button', { name: 'Add !cart:8 to the search' })).toHaveCount(0);

  await page.keyboard.press('j');
  await page.keyboard.press('Space');
  const peek = page.getByRole('dialog', { name: /Second/ });
  await expect(peek.getByRole('button', { name: 'cart: 7' })).toBeVisible();
  await audit(page);
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(facets).toBeHidden();
  await page.getByRole('button', { name: 'Facets', exact: true }).click();
  await expect(facets).toBeVisible();
  await audit(page);
});

test('groups have figures, a chart and a way to their events', async ({ page }) => {
  const project = await newProject(page, 'Groups');
  for (const [type, release, took] of [
    ['First', 'shop@1.0', '100'],
    ['First', 'shop@1.0', '300'],
    ['Second', 'shop@2.0', '40'],
  ] as const) {
    await send(project, failure(type, 'a failure', { release, tags: { took }, user: { id: took } }));
  }
  await awaitIssues(page, project, 2);
  await open(page, `/ui/events?project=${project.slug}`);
  await expect(page.getByRole('table', { name: 'Events' }).getByRole('row')).toHaveCount(4);

  await page.getByRole('button', { name: 'Group by' }).click();
  const panel = page.getByRole('dialog', { name: 'Groups' });
  await panel.getByLabel('Group by a field or tag').fill('release');
  await panel.getByLabel('Group by a field or tag').press('Enter');
  await expect(page).toHaveURL(/group=release/);
  await panel.getByRole('combobox', { name: 'Figure' }).selectOption('Median of');
  await panel.getByLabel('Of the field or tag').fill('took');
  await panel.getByLabel('Of the field or tag').press('Enter');
  await audit(page);
  await panel.getByRole('button', { name: 'Close' }).click();

  const groups = page.getByRole('table', { name: 'Groups of events' });
  await expect(groups.getByRole('row')).toHaveCount(3);
  const first = groups.getByRole('row').filter({ hasText: 'shop@1.0' });
  await expect(first.getByRole('cell').nth(1)).toHaveText('2');
  await expect(first.getByRole('cell').nth(2)).toHaveText('2');
  await expect(first.getByRole('cell').last()).toHaveText('200');
  await expect(page.getByRole('heading', { name: 'Events over time' })).toBeVisible();
  await groups.getByRole('button', { name: /p50\(took\)/ }).click();
  await expect(page).toHaveURL(/sort=-p50/);
  await audit(page);

  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'As CSV' }).click();
  const file = readFileSync(await (await downloading).path(), 'utf8');
  expect(file.split('\r\n')[0]).toBe('release,count(),count_unique(user),last_seen(),p50(took)');
  expect(file).toContain('shop@1.0,2,2,');

  await groups.getByRole('button', { name: 'shop@2.0' }).click();
  await expect(page).toHaveURL(/query=release:/);
  await expect(page.getByRole('table', { name: 'Events' }).getByRole('row')).toHaveCount(2);
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
