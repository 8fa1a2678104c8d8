import {
  audit,
  awaitIssues,
  awaitResults,
  call,
  expect,
  failure,
  logEntry,
  newProject,
  open,
  send,
  sendLogs,
  test,
} from './journey';

const TRACE = 'c0ffee60c11214eb38604f4ae0781bfb';

test('logs are searched, opened, narrowed by what they hold, and found from an event of their trace', async ({
  page,
  watched,
}) => {
  watched.allow.push(/status of 400/);
  const project = await newProject(page, 'Logs');
  await open(page, `/ui/issues?project=${project.slug}`);
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await expect(page).toHaveURL(/\/ui\/logs/);
  await expect(page.getByRole('heading', { name: 'No logs have come yet' })).toBeVisible();
  await expect(page.getByText(`/api/${project.id}/integration/otlp/v1/logs`)).toBeVisible();
  await audit(page);

  await sendLogs(project, [
    logEntry('info', 'Cart opened', {}, { shelf: 'shoes', items: 3 }),
    logEntry('warn', 'Stock is low', {}, { shelf: 'hats' }),
    logEntry(
      'error',
      'Payment failed <b>badly</b>',
      { trace_id: TRACE },
      { shelf: 'shoes', code: 'declined "twice"' },
    ),
  ]);
  await awaitResults(page, `/api/v1/logs?project=${project.slug}`, 3);
  await open(page, `/ui/logs?project=${project.slug}`);
  const lines = page.getByRole('list', { name: 'Logs' }).getByRole('listitem');
  await expect(lines).toHaveCount(3);
  await expect(page.getByRole('button', { name: /error .*Payment failed <b>badly<\/b>/ })).toBeVisible();
  await audit(page);

  await page.getByRole('button', { name: 'Warn', exact: true }).click();
  await expect(lines).toHaveCount(1);
  await expect(page).toHaveURL(/level=warn/);
  await page.getByRole('button', { name: 'Error', exact: true }).click();
  await expect(lines).toHaveCount(2);
  await expect(page).toHaveURL(/level=warn,error/);

  await page.getByRole('button', { name: /Payment failed/ }).click();
  await expect(page.getByText('declined "twice"')).toBeVisible();
  await audit(page);
  await page.getByRole('button', { name: 'Only logs with this code' }).click();
  await expect(page).toHaveURL(/query=code/);
  await expect(lines).toHaveCount(1);
  await expect(page.getByLabel('Search logs')).toHaveValue('code:"declined \\"twice\\""');

  await page.getByLabel('Search logs').fill('shelf:hats');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /Stock is low/ })).toBeVisible();
  await expect(lines).toHaveCount(1);
  await page.getByLabel('Search logs').fill('level:loud');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('loud');
  await audit(page);
  await page.getByLabel('Search logs').fill('nothing like it');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'No log matches' })).toBeVisible();
  await page.getByRole('button', { name: 'Clear search and severity' }).click();
  await expect(lines).toHaveCount(3);

  // The one that was opened is still the current one.
  await page.keyboard.press('k');
  await page.keyboard.press('j');
  await page.keyboard.press('o');
  await expect(page.getByRole('button', { name: /Stock is low/ })).toHaveAttribute('aria-expanded', 'true');

  const event = await send(
    project,
    failure('Declined', 'no money', {
      contexts: { trace: { trace_id: TRACE, span_id: 'b01b9f6349558cd1', type: 'trace' } },
    }),
  );
  const [issue] = await awaitIssues(page, project, 1);
  await open(page, `/ui/issues/${issue}?event=${event}`);
  await page.getByRole('link', { name: 'Logs of this trace' }).click();
  await expect(page).toHaveURL(new RegExp(`trace=${TRACE}`));
  await expect(lines).toHaveCount(1);
  await expect(page.getByText('Trace c0ffee60')).toBeVisible();
  await page.getByRole('button', { name: 'Logs of all traces' }).click();
  await expect(lines).toHaveCount(3);
});

test('logs that come in are followed at the top, and wait for who reads further down', async ({ page }) => {
  const project = await newProject(page, 'Followed logs');
  await sendLogs(
    project,
    Array.from({ length: 80 }, (_, index) => logEntry('info', `log ${index}`)),
  );
  await expect
    .poll(
      async () =>
        (await call<{ results: unknown[] }>(page, 'GET', `/api/v1/logs?project=${project.slug}&limit=100`))
          .results.length,
      { timeout: 60_000 },
    )
    .toBe(80);
  await open(page, `/ui/logs?project=${project.slug}`);
  await page.getByRole('button', { name: 'Follow', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Following' })).toHaveAttribute('aria-pressed', 'true');
  await audit(page);

  await sendLogs(project, [logEntry('error', 'came while I looked')]);
  await expect(page.getByRole('button', { name: /came while I looked/ })).toBeVisible({ timeout: 60_000 });

  await page.getByRole('button', { name: /came while I looked/ }).hover();
  await page.mouse.wheel(0, 1_200);
  await expect(page.getByRole('button', { name: /came while I looked/ })).toHaveCount(0);
  await sendLogs(project, [logEntry('warn', 'one more'), logEntry('warn', 'and another')]);
  const fresh = page.getByRole('button', { name: '2 new' });
  await expect(fresh).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('button', { name: /and another/ })).toHaveCount(0);
  await audit(page);
  await fresh.click();
  await expect(page.getByRole('button', { name: /and another/ })).toBeVisible();
  await expect(fresh).toHaveCount(0);

  await page.getByRole('button', { name: 'Following' }).click();
  await expect(page.getByRole('button', { name: 'Follow', exact: true })).toHaveAttribute(
    'aria-pressed',
    'false',
  );
});
