import { audit, awaitIssues, call, expect, failure, newProject, open, send, test } from './journey';

interface Issue {
  capped_days: { only_counted: number }[];
}

test('past the cap of a project events are only counted, and the pages say so', async ({ page }) => {
  const project = await newProject(page, 'Storage cap');
  await open(page, `/ui/projects/${project.slug}/settings/limits`);
  await page.getByLabel('Events kept of an issue and a day').fill('2');
  await page.getByRole('button', { name: 'Save the cap' }).click();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await audit(page);

  for (let i = 0; i < 5; i++) await send(project, failure('Flood', 'the same'));
  const [id] = await awaitIssues(page, project, 1);
  const issue = () => call<Issue>(page, 'GET', `/api/v1/issues/${id}`);
  await expect.poll(async () => (await issue()).capped_days[0]?.only_counted).toBe(3);

  await open(page, `/ui/issues/${id}`);
  await expect(page.getByText('the first 2 events are kept; 3 more were only counted')).toBeVisible();
  await expect(page.getByText('This event is only counted')).toBeVisible();
  await audit(page);
  await page.getByRole('link', { name: 'The first event of that day' }).first().click();
  await expect(page.getByRole('heading', { name: 'Stack trace' })).toBeVisible();
  await expect(page.getByText('This event is only counted')).toBeHidden();
});
