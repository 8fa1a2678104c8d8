import { audit, awaitIssues, call, expect, failure, newProject, open, send, test } from './journey';

interface LedgerRow {
  event_id: string;
  reason: string | null;
  outcomes: { filtered: number };
}

test('what a filter would have dropped is seen before it is saved, and what it drops is in the ledger', async ({
  page,
  watched,
}) => {
  watched.allow.push(/status of 400/);
  const project = await newProject(page, 'Filters');
  await send(project, failure('Noise', 'ResizeObserver loop limit exceeded'));
  await send(project, failure('Wanted', 'Cart is empty'));
  await awaitIssues(page, project, 2);

  await open(page, `/ui/projects/${project.slug}/settings/filters`);
  await page.getByLabel('Error messages').fill('*ResizeObserver loop*');
  await page.getByRole('button', { name: 'Show what they would have dropped' }).click();
  const preview = page.getByRole('region', { name: 'Preview' });
  await expect(preview.getByRole('status')).toHaveText('Would have dropped 1 of 2 events of the last 7 days');
  await expect(preview.getByText('error-message 1 event of 1 issue')).toBeVisible();
  await expect(
    preview.getByRole('link', { name: 'Noise: ResizeObserver loop limit exceeded' }),
  ).toBeVisible();
  await audit(page);

  await page.getByLabel('Client addresses').fill('example.com');
  await expect(preview.getByText('The filters have been changed since.')).toBeVisible();
  await page.getByRole('button', { name: 'Save filters' }).click();
  await expect(page.getByRole('alert')).toContainText('client_addresses[0]');
  await page.getByLabel('Client addresses').fill('');
  await page.getByRole('button', { name: 'Save filters' }).click();
  await expect(page.getByText('Saved; it holds within seconds')).toBeVisible();

  // Until processors have read it, events are stored as before.
  await expect
    .poll(
      async () => {
        await send(project, failure('Noise', 'ResizeObserver loop limit exceeded'));
        const found = await call<{ results: LedgerRow[] }>(
          page,
          'GET',
          `/api/v1/ledger?project=${project.id}&outcome=filtered`,
        );
        return found.results.length;
      },
      { intervals: [500] },
    )
    .toBeGreaterThan(0);
  await page.getByRole('link', { name: 'What was filtered, in the ledger' }).click();
  await expect(page.locator('.outcomes').getByText('Filtered').first()).toBeVisible();
  await audit(page);
});
