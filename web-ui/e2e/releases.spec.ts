import { audit, awaitIssues, call, expect, failure, newProject, open, send, test } from './journey';

test('a release appears by an event, and its deployment is marked on the charts', async ({
  page,
  watched,
}) => {
  watched.allow.push(/status of 400/);
  const project = await newProject(page, 'Released');
  await send(project, failure('Fresh', 'in this release', { release: 'shop@2.0.0+7' }));
  const [issue] = await awaitIssues(page, project, 1);

  await open(page, `/ui/issues?project=${project.slug}`);
  await page.keyboard.press('g');
  await page.keyboard.press('r');
  await expect(page).toHaveURL(/\/ui\/releases/);
  const row = page.getByRole('row').filter({ hasText: '2.0.0 (7)' });
  await expect(row).toBeVisible();
  await audit(page);
  await row.getByRole('link', { name: '1', exact: true }).click();
  await expect(page).toHaveURL(/first_release=shop@?(%40)?2\.0\.0/);
  await expect(page.getByRole('link', { name: /Fresh/ })).toBeVisible();
  await page.goBack();

  await row.getByRole('link', { name: '2.0.0 (7)' }).click();
  await expect(page.getByRole('heading', { name: 'shop@2.0.0+7' })).toBeVisible();
  await page.getByRole('button', { name: 'Record a deployment' }).click();
  await page.getByLabel('Environment').fill('none');
  await page.getByRole('button', { name: 'Record it' }).click();
  await expect(page.getByText(/none of \., \.\., none/)).toBeVisible();
  await page.getByLabel('Environment').fill('production');
  await page.getByLabel('Name').fill('job 7');
  await audit(page);
  await page.getByRole('button', { name: 'Record it' }).click();
  await expect(page.getByText('Deployed to production')).toBeVisible();
  await expect(page.getByRole('cell', { name: 'job 7' })).toBeVisible();
  await audit(page);

  await page.getByLabel('Place in minified code').fill('at t (https://shop.example/static/app.js:1:2034)');
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.getByText(/Release shop@2\.0\.0\+7 has no file ~\/static\/app\.js\./)).toBeVisible();
  await page.getByText('Looked for, in this order').click();
  await expect(page.getByText('~/static/app.js.map')).toBeVisible();
  await audit(page);

  await open(page, `/ui/events?project=${project.slug}`);
  const marks = page.getByRole('list', { name: 'Deployments' });
  const mark = marks.getByRole('link', { name: /2\.0\.0 \(7\) to production/ });
  await expect(mark).toBeAttached();
  await mark.focus();
  await expect(mark.getByText('2.0.0 (7) to production')).toBeVisible();
  await audit(page);
  await page.getByRole('button', { name: 'Table' }).click();
  await expect(marks.getByRole('link', { name: /to production/ })).toBeVisible();
  await open(page, `/ui/issues/${issue}`);
  await expect(marks.getByRole('link', { name: /to production/ })).toBeAttached();
  await marks.getByRole('link').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'shop@2.0.0+7' })).toBeVisible();
});

test('a release of which source maps are missing says so, and leads to its artifacts', async ({ page }) => {
  const project = await newProject(page, 'Minified');
  const frame = { abs_path: 'https://shop.example/static/app.js', function: 't', lineno: 1, colno: 2034 };
  await send(
    project,
    failure('Minified', 'in one line', {
      exception: { values: [{ type: 'Minified', value: 'x', stacktrace: { frames: [frame] } }] },
    }),
  );
  await awaitIssues(page, project, 1);

  await open(page, `/ui/releases?project=${project.slug}`);
  const mark = page.getByRole('link', { name: 'Maps missing: 1' });
  await expect(mark).toBeVisible();
  await audit(page);
  await mark.click();
  await expect(page).toHaveURL(/#artifacts$/);
  await expect(page.getByRole('heading', { name: 'Artifacts' })).toBeInViewport();
  await expect(page.getByText('Source maps missing: 1 event')).toBeVisible();
  await audit(page);
});

test('the issues that came back in a release are listed from its page', async ({ page }) => {
  const project = await newProject(page, 'Returned');
  await send(project, failure('Back', 'again', { release: '1.0.0' }));
  await send(project, failure('Other', 'not resolved', { release: '1.1.0' }));
  await awaitIssues(page, project, 2);
  const { results } = await call<{ results: { id: number }[] }>(
    page,
    'GET',
    `/api/v1/issues?project=${project.slug}&query=Back`,
  );
  await call(page, 'PUT', `/api/v1/issues/${results[0]!.id}`, { status: 'resolved' });
  await send(project, failure('Back', 'again', { release: '1.1.0' }));

  const row = page.getByRole('row').filter({ hasText: '1.1.0' });
  await expect(async () => {
    await open(page, `/ui/releases?project=${project.slug}`);
    await expect(row.getByRole('link', { name: '1', exact: true }).last()).toBeVisible({ timeout: 1000 });
    await row.getByRole('link', { name: '1', exact: true }).last().click();
    await expect(page).toHaveURL(/regressed_in=1\.1\.0/, { timeout: 1000 });
  }).toPass();
  await expect(page.getByRole('button', { name: /Came back in/ })).toBeVisible();
  await expect(page.getByRole('link', { name: /Back/ })).toBeVisible();
  await expect(page.getByRole('link', { name: /Other/ })).toHaveCount(0);
  await audit(page);
});

test('a release is announced by a form, and set beside another', async ({ page, watched }) => {
  watched.allow.push(/status of 400/);
  const project = await newProject(page, 'Compared');
  for (const [type, release] of [
    ['First', '1.0.0'],
    ['Second', '1.1.0'],
    ['Third', '1.1.0'],
  ] as const) {
    await send(project, failure(type, 'of a release', { release }));
  }
  await awaitIssues(page, project, 3);

  await open(page, `/ui/releases?project=${project.slug}&sort=version`);
  await page.getByRole('button', { name: 'New release' }).click();
  await page.getByLabel('Version').fill('latest');
  await page.getByRole('button', { name: 'Make the release' }).click();
  await expect(page.getByText(/none of \., \.\., latest/)).toBeVisible();
  await audit(page);
  await page.getByLabel('Version').fill('1.2.0');
  await page.getByLabel('Built from').fill('v1.2.0');
  await page.getByRole('button', { name: 'Make the release' }).click();
  await expect(page.getByRole('heading', { name: '1.2.0' })).toBeVisible();
  const comparison = page.locator('.facts').filter({ hasText: 'Comparison' });
  await expect(comparison.getByRole('columnheader', { name: '1.1.0' })).toBeVisible();
  await expect(comparison.getByRole('row', { name: /^Events/ })).toContainText('2 fewer');
  await page.getByLabel('Compare with').selectOption('1.0.0');
  await expect(comparison.getByRole('columnheader', { name: '1.0.0' })).toBeVisible();
  await expect(comparison.getByRole('row', { name: /^Events/ })).toContainText('1 fewer');
  await expect(page).toHaveURL(/compare=\d+/);
  const chart = page.getByRole('figure').filter({ hasText: 'Events over time' });
  await expect(chart.getByText('1.0.0')).toBeVisible();
  await chart.getByRole('button', { name: 'Table' }).click();
  await expect(chart.getByRole('columnheader', { name: '1.0.0' })).toBeVisible();
  await audit(page);
  const released = page.locator('.fact-row').filter({ hasText: /^Released/ });
  await page.getByRole('button', { name: 'Change the date' }).click();
  await page.getByLabel('Released at').fill('2026-01-02T03:04');
  await audit(page);
  await page.getByRole('button', { name: 'Save the date' }).click();
  await expect(released).toContainText('2026-01-02 03:04');
  await page.getByRole('button', { name: 'Change the date' }).click();
  await page.getByLabel('Released at').fill('');
  await page.getByRole('button', { name: 'Save the date' }).click();
  await expect(released).not.toContainText('2026-01-02');

  await page.getByRole('button', { name: 'Archive' }).click();
  await expect(page.getByText('Archived', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page).toHaveURL(/\/ui\/releases\?/);
  await expect(page.getByRole('row')).toHaveCount(3);
  const { results } = await call<{ results: { version: string }[] }>(
    page,
    'GET',
    `/api/v1/releases?project=${project.slug}&sort=version`,
  );
  expect(results.map((release) => release.version)).toEqual(['1.1.0', '1.0.0']);
});

test('sessions can be tried, and are seen on the release and in the list', async ({ page }) => {
  const project = await newProject(page, 'Healthy');
  await send(project, failure('First', 'of a release', { release: '3.0.0' }));
  await awaitIssues(page, project, 1);

  await open(page, `/ui/releases?project=${project.slug}`);
  await page.getByRole('link', { name: '3.0.0', exact: true }).click();
  const health = page.getByRole('region', { name: 'Sessions', exact: true });
  await expect(health).toContainText('No session of this release');
  await audit(page);
  await page.getByRole('button', { name: 'Send a session that went well' }).click();
  await expect(health).toContainText('100 %');
  await page.getByRole('button', { name: 'Send one that crashed' }).click();
  await expect(health).toContainText('1 crashed, 0 abnormal, 0 with errors');
  await expect(health).toContainText('50 %');
  await expect(health.locator('div').filter({ hasText: /^Events per 100 sessions/ })).toHaveText(
    'Events per 100 sessions50Events: 1',
  );
  await audit(page);
  await health.getByRole('button', { name: 'Table' }).first().click();
  await expect(health.getByRole('cell', { name: '50', exact: true })).toBeVisible();

  await open(page, `/ui/releases?project=${project.slug}`);
  await expect(page.getByRole('row').filter({ hasText: '3.0.0' })).toContainText('50 %');
  await audit(page);
});
