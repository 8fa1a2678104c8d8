import { audit, awaitIssues, call, expect, failure, newProject, open, send, test } from './journey';

test('a server that fails is told from one that has nothing, and asked again', async ({ page, watched }) => {
  watched.allow.push(/status of 500|RequestFailed: The disk is on fire/);
  const project = await newProject(page, 'Broken');
  await send(project, failure('Seen', 'before it broke'));
  const [issue] = await awaitIssues(page, project, 1);
  const { release_id: release } = await call<{ release_id: number }>(page, 'POST', '/api/deployments', {
    project: project.slug,
    release: 'shop@1.4.0',
    environment: 'production',
  });
  const { id: dashboard } = await call<{ id: number }>(page, 'POST', '/api/v1/dashboards', {
    name: 'Broken',
    shared: false,
    widgets: [],
  });
  let isBroken = true;
  await page.route(/\/(api\/v1|health)\/(?!session|live)/, (route) =>
    isBroken
      ? route.fulfill({
          status: 500,
          json: { error: 'internal', message: 'The disk is on fire', status_code: 500, details: {} },
        })
      : route.fallback(),
  );
  const paths = [
    `/ui/issues?project=${project.slug}`,
    `/ui/issues/${issue}`,
    `/ui/issues/${issue}/events`,
    '/ui/events',
    '/ui/dashboard',
    '/ui/dashboards',
    `/ui/dashboards/${dashboard}`,
    '/ui/releases',
    '/ui/alerts',
    '/ui/alerts?tab=rules',
    `/ui/releases/${release}`,
    '/ui/performance',
    '/ui/performance/queries',
    '/ui/crons',
    '/ui/uptime',
    '/ui/logs',
    '/ui/feedback',
    '/ui/pipeline',
    '/ui/ledger',
    '/ui/dead',
    '/ui/replays',
    ...['keys', 'repository', 'mappings', 'scrubbing', 'grouping'].map(
      (section) => `/ui/projects/${project.slug}/settings/${section}`,
    ),
    ...['sessions', 'tokens'].map((section) => `/ui/account/${section}`),
    ...['users', 'teams', 'projects', 'tokens', 'jobs', 'audit', 'system', 'organization'].map(
      (section) => `/ui/admin/${section}`,
    ),
  ];
  for (const path of paths) {
    isBroken = true;
    await page.goto(path);
    const faults = page.getByRole('alert').filter({ hasText: 'The disk is on fire' });
    await expect.soft(faults.first(), path).toBeVisible();
    if (path === paths[0]) await audit(page);
    isBroken = false;
    const again = page.getByRole('button', { name: 'Try again' });
    for (let left = await again.count(); left > 0; left = await again.count()) {
      // What was asked again before may be back by now, and its button gone: then there is one less without a click.
      await expect(async () => {
        if ((await again.count()) >= left) await again.first().click({ timeout: 2000 });
        expect(await again.count(), path).toBeLessThan(left);
      }).toPass({ timeout: 20_000 });
    }
    await expect.soft(faults, path).toHaveCount(0);
    await expect.soft(page.locator('main h1').first(), path).toBeAttached();
  }
});

test('what the server refuses, or does not hear, is taken back and said', async ({ page, watched }) => {
  watched.allow.push(/status of 403/, /ERR_(CONNECTION_REFUSED|FAILED)/);
  const project = await newProject(page, 'Refused');
  await send(project, failure('Stays', 'as it is'));
  const [issue] = await awaitIssues(page, project, 1);
  await open(page, `/ui/issues?project=${project.slug}`);
  const row = page.getByRole('row').filter({ hasText: 'Stays' });
  await page.route('**/api/v1/issues', (route) =>
    route.request().method() === 'PUT'
      ? route.fulfill({
          status: 403,
          json: { error: 'forbidden', message: 'Your role is viewer', status_code: 403, details: {} },
        })
      : route.fallback(),
  );
  await page.keyboard.press('j');
  await page.keyboard.press('e');
  await expect(page.getByText('Nothing was changed: Your role is viewer')).toBeVisible();
  await expect(row).toBeVisible();

  await page.route('**/api/v1/**', (route) =>
    route.request().method() === 'GET' ? route.fallback() : route.abort('connectionrefused'),
  );
  await page.keyboard.press('j');
  await page.keyboard.press('e');
  await expect(page.getByText(/Nothing was changed: The server cannot be reached/)).toBeVisible();
  await expect(row).toBeVisible();
  await open(page, `/ui/issues/${issue}`);
  await page.getByRole('button', { name: 'Ignore' }).click();
  await page.getByRole('menuitem', { name: 'For ever' }).click();
  await expect(page.getByText(/Nothing was changed: The server cannot be reached/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Ignore' })).toBeVisible();
  await page.getByLabel('Write a comment').fill('kept');
  await page.getByRole('button', { name: 'Comment' }).click();
  await expect(page.getByRole('alert')).toContainText('The server cannot be reached');
  await expect(page.getByLabel('Write a comment')).toHaveValue('kept');
});

test('a server that goes away while a page opens is waited for', async ({ page, watched }) => {
  watched.allow.push(/ERR_(CONNECTION_REFUSED|FAILED|INTERNET_DISCONNECTED)/);
  await open(page, '/ui/issues');
  await page.route('**/api/v1/**', (route) => route.abort('connectionrefused'));
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Events' }).click();
  // Of the facets, the chart and the list.
  const alerts = page.getByRole('alert');
  await expect(alerts).toHaveCount(3);
  for (const alert of await alerts.all()) {
    await expect(alert).toContainText('No answer');
    await expect(alert).toContainText('The server cannot be reached');
  }
  await page.unrouteAll();
  await alerts.last().getByRole('button', { name: 'Try again' }).click();
  await expect(alerts).toHaveCount(2);
  await alerts.last().getByRole('button', { name: 'Try again' }).click();
  await expect(alerts).toHaveCount(1);
  await alerts.getByRole('button', { name: 'Try again' }).click();
  await expect(alerts).toHaveCount(0);
  await expect(page.getByRole('table')).toBeVisible();
});
