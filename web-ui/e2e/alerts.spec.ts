import { audit, awaitIssues, call, expect, failure, newProject, open, send, test } from './journey';

test('a rule is made by a click, and switched off and on', async ({ page }) => {
  const project = await newProject(page, 'Ready');
  await open(page, `/ui/issues?project=${project.slug}`);
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await expect(page).toHaveURL(/\/ui\/alerts/);
  await expect(page.getByRole('heading', { name: 'Nothing is firing' })).toBeVisible();
  await audit(page);

  await page.getByRole('link', { name: 'Rules' }).click();
  await expect(page.getByRole('heading', { name: 'No rule yet' })).toBeVisible();
  await audit(page);
  await page.getByRole('button', { name: 'Add "It came back"' }).click();
  const row = page.getByRole('row').filter({ hasText: 'It came back' });
  await expect(row).toBeVisible();
  await expect(row.getByText('Never')).toBeVisible();
  await audit(page);
  const isOn = row.getByRole('switch', { name: 'It came back is on' });
  await expect(isOn).toBeChecked();
  const off = page.waitForResponse(/\/disable$/);
  await isOn.click();
  expect((await off).status()).toBe(200);
  await expect(isOn).not.toBeChecked();
});

test('a rule is written beside what it would have done, and kept', async ({ page, watched }) => {
  watched.allow.push(/status of 40[09]/);
  const project = await newProject(page, 'Written');
  for (let i = 0; i < 4; i += 1) await send(project, failure('Often', 'and again'));
  const [issue] = await awaitIssues(page, project, 1);
  await expect
    .poll(
      async () => (await call<{ events_total: number }>(page, 'GET', `/api/v1/issues/${issue}`)).events_total,
    )
    .toBe(4);

  await open(page, `/ui/alerts/new?project=${project.slug}`);
  const backtest = page.getByRole('complementary', { name: 'Back-test' });
  await expect(backtest.getByText('Would have fired once.')).toBeVisible();
  await audit(page);
  await page.getByLabel('Name', { exact: true }).fill('Far too often');
  await page.getByRole('combobox', { name: 'Condition 1' }).selectOption('frequency');
  await page.getByLabel('How many').fill('1000');
  await expect(backtest.getByText('Would not have fired.').first()).toBeVisible();
  await page.getByLabel('More than or at least').selectOption('reaches');
  await page.getByLabel('How many').fill('3');
  await expect(backtest.getByText('Would have fired once.')).toBeVisible();
  await expect(backtest.getByRole('link', { name: /Often/ })).toBeVisible();
  await page.getByRole('button', { name: 'Add a filter' }).click();
  await page.getByRole('menuitem', { name: 'the level is' }).click();
  await page.getByLabel('Level').selectOption('fatal');
  await expect(backtest.getByText('Would not have fired.').first()).toBeVisible();
  await page.getByLabel('Level').selectOption('error');
  await expect(backtest.getByText('Would have fired once.')).toBeVisible();
  await audit(page);

  await page.getByLabel('Address').fill('nobody');
  await page.getByRole('button', { name: 'Make the rule' }).click();
  await expect(page.getByText(/expected: an e-mail address/)).toBeVisible();
  await page.getByLabel('Address').fill('ops@example.com');
  await page.getByText('Own words').click();
  await page.getByLabel('Subject').fill('Look: {{ issue.title }}');
  await expect(page.getByRole('status', { name: 'Preview' })).toContainText('Look: Often');
  await page.getByRole('button', { name: 'Make the rule' }).click();
  await expect(page.getByRole('heading', { name: 'Far too often' })).toBeVisible();
  await expect(page).toHaveURL(/\/ui\/alerts\/\d+/);
  await audit(page);

  const saved = page.waitForResponse((response) => response.request().method() === 'PUT');
  await page.getByLabel('Name', { exact: true }).fill('Too often');
  await page.getByRole('button', { name: 'Save the rule' }).click();
  expect((await saved).status()).toBe(200);
  await expect(page.getByRole('heading', { name: 'Too often', exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'Back-test' }).click();
  await expect(page.getByText('Would have fired once.')).toBeVisible();
  await audit(page);
  await page.getByRole('link', { name: 'History' }).click();
  await expect(page.getByRole('heading', { name: 'When it did fire' })).toBeVisible();
  await audit(page);
});

test('what fires now is listed, and silent for who wants it', async ({ page }) => {
  const project = await newProject(page, 'Firing');
  await call(page, 'POST', `/api/v1/alert-rules?project=${project.slug}`, {
    rule: {
      name: 'Three in a minute',
      conditions: [{ type: 'frequency', threshold: 3, reaches: true, window_minutes: 60 }],
    },
    targets: [{ type: 'email', value: 'ops@example.com' }],
  });
  for (let i = 0; i < 3; i += 1) await send(project, failure('Burst', 'of events'));
  const [issue] = await awaitIssues(page, project, 1);

  const row = page.getByRole('row').filter({ hasText: 'Burst' });
  await expect(async () => {
    // Processors read rules anew every few seconds; an event after that is one more than three.
    await send(project, failure('Burst', 'of events'));
    await open(page, `/ui/alerts?project=${project.slug}`);
    await expect(row).toBeVisible({ timeout: 3000 });
  }).toPass();
  await expect(row.getByText(/events in 1 hour \(at least 3\)/)).toBeVisible();
  await audit(page);
  await row.getByRole('button', { name: /^Snooze: / }).click();
  const snoozed = page.waitForResponse(
    (response) => response.url().endsWith('/alert-snoozes') && response.request().method() === 'POST',
  );
  await page.getByRole('menuitem', { name: 'For everyone, for an hour' }).click();
  expect((await snoozed).status()).toBe(201);
  await expect(row.getByRole('button', { name: /^Snoozed: / })).toBeVisible();

  await open(page, `/ui/issues/${issue}`);
  const alerts = page.getByRole('region', { name: 'Alerts' });
  await expect(alerts.getByRole('link', { name: 'Three in a minute' })).toBeVisible();
  await alerts.getByRole('button', { name: /^Snooze: / }).click();
  await page.getByRole('menuitem', { name: 'For me, for a day' }).click();
  await expect(alerts.getByRole('button', { name: /^Snoozed: / })).toBeVisible();
  await audit(page);
});
