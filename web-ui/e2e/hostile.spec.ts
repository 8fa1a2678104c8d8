import { audit, awaitIssues, expect, newProject, send, test } from './journey';

const SCRIPT = '<img src=x onerror="window.ran=1"><script>window.ran=1</script><svg onload="window.ran=1">';
const TURNED = 'safe\u202Egpj.exe\u0000\u001B[31m\u200B';
const LONG = 'x'.repeat(200_000);

let deep: unknown = 'bottom';
for (let level = 0; level < 60; level += 1) deep = { [`level ${level}`]: deep };

const hostile = {
  platform: 'javascript',
  level: 'error',
  environment: SCRIPT.slice(0, 60),
  release: TURNED,
  transaction: SCRIPT,
  message: LONG,
  tags: { [SCRIPT.slice(0, 30)]: SCRIPT.slice(0, 190), 'a.b': TURNED },
  user: { id: SCRIPT, email: 'javascript:alert(1)', username: LONG.slice(0, 5_000) },
  request: {
    url: 'javascript:alert(1)',
    method: SCRIPT,
    headers: { [SCRIPT]: SCRIPT },
    data: deep,
    query_string: SCRIPT,
  },
  breadcrumbs: Array.from({ length: 5_000 }, (_, index) => ({
    timestamp: index,
    category: SCRIPT,
    message: `${index} ${SCRIPT}`,
    data: { url: 'javascript:alert(1)' },
  })),
  contexts: { [SCRIPT]: { a: SCRIPT }, deep: { deep } },
  extra: { deep, long: LONG.slice(0, 20_000) },
  exception: {
    values: [
      {
        type: SCRIPT,
        value: `${TURNED} ${LONG}`,
        stacktrace: {
          frames: Array.from({ length: 200 }, (_, index) => ({
            filename: `${SCRIPT}/${index}.js`,
            function: LONG.slice(0, 500),
            abs_path: 'javascript:alert(1)',
            lineno: index + 1,
            in_app: index % 3 === 0,
            pre_context: [SCRIPT],
            context_line: `${'y'.repeat(2_000)} ${SCRIPT}`,
            post_context: [TURNED],
            vars: { [SCRIPT]: SCRIPT, deep },
          })),
        },
      },
    ],
  },
};

const WIDTHS = [1440, 390];

test('a hostile event runs nothing and breaks no layout', async ({ page }) => {
  const sound = async () => {
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 860 });
      await audit(page);
    }
  };
  const project = await newProject(page, 'Hostile');
  const id = await send(project, hostile);
  const [issue] = await awaitIssues(page, project, 1);
  await page.goto(`/ui/issues?project=${project.slug}`);
  await expect(page.locator('.issue-link')).toContainText('onerror');
  await sound();
  await page.goto(`/ui/issues/${issue}?frames=all`);
  await expect(page.locator('.exception-type')).toContainText('onerror');
  await expect(page.locator('.trace')).toContainText('‹U+202E›');
  await page.getByRole('button', { name: 'Show the event as JSON' }).click();
  await sound();
  await page.goto(`/ui/events?project=${project.slug}`);
  await expect(page.locator('.event-link')).toContainText('onerror');
  await sound();
  await page.goto(`/ui/ledger?id=${id}`);
  await expect(page.getByText('Item 0: event')).toBeVisible();
  await sound();
  await page.goto(`/ui/events/${id}`);
  await expect(page.locator('h1')).toContainText('onerror');
  expect(await page.evaluate(() => 'ran' in window)).toBe(false);
  await expect(page.locator('main a[href^="javascript:"]')).toHaveCount(0);
});
