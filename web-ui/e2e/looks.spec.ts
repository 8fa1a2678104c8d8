import { audit, awaitIssues, call, expect, failure, newProject, send, test } from './journey';

const LOOKS = [
  { name: 'wide and dark', width: 1440, colorScheme: 'dark' },
  { name: 'on a phone', width: 390, colorScheme: 'light' },
  { name: 'on a phone and dark', width: 390, colorScheme: 'dark' },
  { name: 'between', width: 900, colorScheme: 'light' },
] as const;

for (const look of LOOKS) {
  test(`every page is sound ${look.name}`, async ({ page }) => {
    await page.setViewportSize({ width: look.width, height: 844 });
    await page.emulateMedia({ colorScheme: look.colorScheme });
    const project = await newProject(page, `Look ${look.name}`);
    await send(project, failure('Seen', 'in every look'));
    await awaitIssues(page, project, 1);
    const { results } = await call<{ results: { id: number }[] }>(
      page,
      'GET',
      `/api/v1/issues?project=${project.slug}`,
    );
    const paths = [
      `/ui/issues?project=${project.slug}`,
      '/ui/issues?query=no-such-thing',
      `/ui/issues/${results[0]!.id}`,
      `/ui/events?project=${project.slug}`,
      `/ui/projects/${project.slug}/setup`,
      '/ui/projects/new',
    ];
    for (const path of paths) {
      await page.goto(path);
      await expect(page.locator('main h1').first()).toBeAttached();
      await page.waitForLoadState('domcontentloaded');
      await audit(page);
    }
  });
}

test('the first view is light, and its content policy as strict as it gets', async ({ page }) => {
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  const answer = await page.goto('/ui/issues');
  expect(answer?.headers()['content-security-policy']).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
      "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  );
  await expect(page.getByRole('table')).toBeVisible();
  expect(requests.length).toBeLessThanOrEqual(25);
});

test('an address that is nothing says so, and offers the rest', async ({ page, watched }) => {
  watched.allow.push(/status of 404/);
  await page.goto('/ui/no/such/page');
  await expect(page.getByRole('heading', { name: 'Not found' })).toBeVisible();
  await page.goto('/ui/issues/999999999');
  await expect(page.getByRole('alert')).toContainText('Not found');
  await audit(page);
});
