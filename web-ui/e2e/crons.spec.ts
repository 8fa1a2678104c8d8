import { audit, call, expect, newProject, open, test } from './journey';

interface Issues {
  results: { title: string; status: string }[];
}

test('a job checks in by curl, fails, becomes an issue and goes well again', async ({ page, request }) => {
  const project = await newProject(page, 'Nightly jobs');
  await open(page, `/ui/issues?project=${project.slug}`);
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await expect(page).toHaveURL(/\/ui\/crons/);
  await expect(page.getByRole('heading', { name: 'No job has checked in yet' })).toBeVisible();
  await expect(page.getByText(/\/cron\/nightly-backup\//)).toBeVisible();
  await audit(page);
  await page.getByLabel('By', { exact: true }).selectOption({ label: 'Node.js' });
  await expect(page.getByText(/withMonitor/)).toBeVisible();

  const { keys } = (
    await call<{ slug: string; keys: { dsn: string }[] }[]>(page, 'GET', '/api/v1/projects')
  ).find(({ slug }) => slug === project.slug)!;
  const dsn = new URL(keys[0]!.dsn);
  const base = new URL(page.url()).origin;
  const checkIn = async (status: string) => {
    const answer = await request.get(
      `${base}/api${dsn.pathname}/cron/nightly/${dsn.username}/?status=${status}&duration=1.5`,
    );
    expect(answer.status()).toBe(202);
  };
  const issues = async () =>
    (await call<Issues>(page, 'GET', `/api/v1/issues?project=${project.slug}`)).results.map(
      ({ title, status }) => `${title} ${status}`,
    );

  await checkIn('ok');
  const row = page.getByRole('listitem').filter({ hasText: 'No schedule yet' });
  await expect(row.getByText('OK', { exact: true })).toBeVisible({ timeout: 60_000 });
  await expect(row.getByRole('img', { name: 'Last 1 check-in: 0 not well' })).toBeVisible();
  await audit(page);
  await row.getByRole('link', { name: 'nightly' }).click();
  await expect(page.getByRole('heading', { name: 'nightly', level: 1 })).toBeVisible();

  await page.getByRole('button', { name: 'Edit' }).click();
  await page.getByLabel('Runs', { exact: true }).selectOption({ label: 'By a crontab' });
  await page.getByLabel('Crontab', { exact: true }).fill('30 2 * * *');
  await page.getByLabel('Time zone', { exact: true }).fill('Europe/Berlin');
  await expect(page.getByText('at 02:30')).toBeVisible();
  await expect(page.getByText(/02:30:00\+0[12]:00/)).toHaveCount(5);
  await audit(page);
  const changed = page.waitForResponse((response) => response.request().method() === 'PUT');
  await page.getByRole('button', { name: 'Save' }).click();
  await changed;
  await expect(page.getByText('at 02:30, Europe/Berlin')).toBeVisible();

  await checkIn('error');
  await expect.poll(issues, { timeout: 60_000 }).toEqual(['nightly failed unresolved']);
  await expect(page.getByText('failing since')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('cell', { name: 'Failed' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Its issue' })).toBeVisible({ timeout: 30_000 });
  await audit(page);

  await checkIn('ok');
  await expect.poll(issues, { timeout: 60_000 }).toEqual(['nightly failed resolved']);
  await page.getByRole('link', { name: 'Its issue' }).click();
  await expect(page.getByRole('heading', { name: /nightly failed/ })).toBeVisible();
  await page.goBack();

  await page.getByLabel('Environment', { exact: true }).selectOption('production');
  await expect(page).toHaveURL(/checkins=production/);
  await page.getByRole('button', { name: 'Delete environment' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('Nothing has checked in.')).toBeVisible();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('heading', { name: 'No job has checked in yet' })).toBeVisible();
});

test('a monitor is made by hand, and a schedule that is none is refused where it stands', async ({
  page,
  watched,
}) => {
  watched.allow.push(/status of 400/);
  const project = await newProject(page, 'Planned jobs');
  await open(page, `/ui/crons?project=${project.slug}`);
  await page.getByRole('button', { name: 'New monitor' }).click();
  await page.getByLabel('Slug', { exact: true }).fill('report');
  await page.getByLabel('Crontab', { exact: true }).fill('61 * * * *');
  await expect(page.getByText(/minute '61': Value 61 not in range/).first()).toBeVisible();
  await page.getByLabel('Runs', { exact: true }).selectOption({ label: 'Every so often' });
  await page.getByLabel('Every', { exact: true }).fill('2');
  await page.getByLabel('Unit', { exact: true }).selectOption('hour');
  await expect(page.getByText('every 2 hours')).toBeVisible();
  const saved = page.waitForResponse((response) => response.request().method() === 'POST' && response.ok());
  await page.getByRole('button', { name: 'Save' }).click();
  await saved;

  const row = page.getByRole('listitem').filter({ hasText: 'every 2 hours' });
  await expect(row.getByText('Waits for its first check-in')).toBeVisible();
  await page.getByLabel('Name or slug').fill('nothing like it');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'No monitor has these words' })).toBeVisible();
  await audit(page);
});
