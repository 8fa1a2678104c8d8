import {
  audit,
  awaitIssues,
  call,
  expect,
  failure,
  newProject,
  open,
  send,
  sendUnreadable,
  test,
} from './journey';

test('what failed is looked at, retried, and given up with a reason', async ({ page }) => {
  const project = await newProject(page, 'Failing');
  await sendUnreadable(page, project);
  await open(page, `/ui/dead?project=${project.slug}`);
  await expect(page.getByRole('row', { name: /^invalid_json.*Failing/ })).toContainText('Retry 1 item');
  await expect(page.getByRole('table', { name: 'Dead letters' }).getByRole('row')).toHaveCount(2);
  await page.keyboard.press('j');
  await page.keyboard.press('o');
  const letter = page.getByRole('dialog', { name: /^Dead letter \d+$/ });
  await expect(letter).toContainText('invalid_json');
  await expect(letter).toContainText('Never retried.');
  const downloading = page.waitForEvent('download');
  await letter.getByRole('link', { name: 'Download' }).click();
  await downloading;

  await letter.getByRole('button', { name: 'Retry' }).click();
  await expect(page.getByText('Retry 1 item under way')).toBeVisible();
  await expect(letter).toContainText('Retry 1 by admin@localhost');
  await audit(page);

  await letter.getByRole('button', { name: 'Discard' }).click();
  const asking = page.getByRole('dialog', { name: 'Discard 1 item?' });
  await asking.getByLabel('Because of').fill('a broken SDK');
  await audit(page);
  await asking.getByRole('button', { name: 'Discard 1 item' }).click();
  await expect(asking).toHaveCount(0);
  await expect(letter).toContainText('a broken SDK');
  await expect(letter.getByRole('button', { name: 'Retry' })).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Nothing failed' })).toBeVisible();

  await letter.locator('dd').getByRole('link').first().click();
  await expect(page).toHaveURL(/\/ui\/ledger\?.*id=[0-9a-f]{32}/);
  await expect(page.getByText('Item 0: event')).toBeVisible();
});

test('a stretch of the past is processed again, first as a dry run, then for real', async ({ page }) => {
  const project = await newProject(page, 'Replayed');
  await send(project, failure('Counted', 'once'));
  const [issue] = await awaitIssues(page, project, 1);
  await open(page, '/ui/replays');
  await page.getByRole('button', { name: 'New replay…' }).click();
  const form = page.getByRole('dialog', { name: 'Process a stretch of the past again' });
  await form.getByLabel('Replayed', { exact: true }).check();
  await audit(page);
  await form.getByRole('button', { name: 'Start the dry run' }).click();

  await expect(page).toHaveURL(/\/ui\/replays\/\d+/);
  await expect(page.getByText('Done', { exact: true })).toBeVisible();
  await expect(page.getByText(/^Nothing would change/)).toBeVisible();
  const dry = page.url();
  await page.getByRole('button', { name: 'Run it for real' }).click();
  await expect(page).not.toHaveURL(dry);
  await expect(page.getByText('For real')).toBeVisible();
  await expect(page.getByText('Done', { exact: true })).toBeVisible();
  await expect(page.getByText(/^Nothing changed/)).toBeVisible();
  await audit(page);
  await page.getByRole('link', { name: 'All replays' }).click();
  await expect(page.getByRole('row').filter({ hasText: 'Replayed' })).toHaveCount(2);
  const { events_total: events } = await call<{ events_total: number }>(
    page,
    'GET',
    `/api/v1/issues/${issue}`,
  );
  expect(events).toBe(1);
});
