import { audit, awaitIssues, call, expect, failure, newProject, open, send, test } from './journey';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';

test('a project learns where its code is, and its issues lead to lines, commits and tickets', async ({
  page,
  watched,
}) => {
  watched.allow.push(/status of 400/);
  const project = await newProject(page, 'Linked');
  await call(page, 'POST', `/api/v1/projects/${project.id}/releases`, {
    version: 'shop@3.0.0',
    refs: [{ repository: 'acme/shop', commit: COMMIT }],
    commits: [
      {
        id: COMMIT,
        repository: 'acme/shop',
        message: 'Rework the cart\n\nAt last.',
        author_name: 'Ad Min',
        author_email: 'Admin@localhost',
        timestamp: '2026-11-17T00:00:00Z',
        files: ['web/src/Unlinked.ts', 'README.md'],
      },
    ],
  });
  await send(project, failure('Unlinked', 'no line', { release: 'shop@3.0.0' }));
  const [issue] = await awaitIssues(page, project, 1);

  await open(page, `/ui/issues/${issue}`);
  await page.getByRole('link', { name: 'Set the repository of the project' }).click();
  await page.getByLabel('Address of the repository').fill('https://me:secret@git.example/acme/shop');
  await page.getByRole('button', { name: 'Save repository' }).click();
  await expect(page.getByText(/without a user name or password/)).toBeVisible();
  await page.getByLabel('Address of the repository').fill('https://gitlab.example/acme/shop');
  await expect(page.getByLabel('Shown by')).toHaveValue('gitlab');
  await page.getByRole('button', { name: 'Try' }).click();
  const lineOf = (path: string) => `https://gitlab.example/acme/shop/-/blob/${COMMIT}/${path}#L7`;
  await expect(page.getByRole('link', { name: lineOf('src/Unlinked.ts') })).toBeVisible();
  await page.getByRole('button', { name: 'Add a path' }).click();
  await page.getByLabel('Frames begin with').fill('src');
  await page.getByLabel('Folder in the repository').fill('web/src');
  await page.getByRole('button', { name: 'Try' }).click();
  await expect(page.getByRole('link', { name: lineOf('web/src/Unlinked.ts') })).toBeVisible();
  await audit(page);
  await page.getByRole('button', { name: 'Save repository' }).click();
  await expect(page.getByText('Repository saved')).toBeVisible();

  await open(page, `/ui/issues/${issue}`);
  const line = page.getByRole('link', { name: 'Unlinked.ts:7 in the repository (web/src/Unlinked.ts)' });
  await expect(line).toHaveAttribute('href', lineOf('web/src/Unlinked.ts'));
  await expect(line).toHaveAttribute('rel', 'noopener noreferrer');
  const suspects = page.getByRole('region', { name: 'Suspect commits' });
  await expect(suspects.getByText('Rework the cart', { exact: true })).toBeVisible();
  await expect(suspects.getByRole('link', { name: COMMIT.slice(0, 10) })).toHaveAttribute(
    'href',
    `https://gitlab.example/acme/shop/-/commit/${COMMIT}`,
  );
  await suspects.getByRole('button', { name: /^Assign to/ }).click();
  await expect(suspects.getByRole('button', { name: /^Assign to/ })).toHaveCount(0);

  const tickets = page.getByRole('region', { name: 'Tickets' });
  await expect(tickets.getByRole('link', { name: /^New ticket/ })).toHaveAttribute(
    'href',
    /^https:\/\/gitlab\.example\/acme\/shop\/-\/issues\/new\?issue%5Btitle%5D=Unlinked%3A%20no%20line&/,
  );
  await tickets.getByRole('button', { name: 'Keep the address of a ticket' }).click();
  await tickets.getByLabel('Address of the ticket').fill('https://me:secret@gitlab.example/1');
  await tickets.getByRole('button', { name: 'Keep', exact: true }).click();
  await expect(tickets.getByText(/without a user name or password/)).toBeVisible();
  await audit(page);
  await tickets.getByLabel('Address of the ticket').fill('https://gitlab.example/acme/shop/-/issues/12');
  await tickets.getByRole('button', { name: 'Keep', exact: true }).click();
  await expect(tickets.getByRole('link', { name: 'gitlab.example/acme/shop/-/issues/12' })).toHaveAttribute(
    'href',
    'https://gitlab.example/acme/shop/-/issues/12',
  );
  await expect(page.getByText('kept the ticket https://gitlab.example/acme/shop/-/issues/12')).toBeVisible();
  await audit(page);
  await tickets.getByRole('button', { name: /^Remove the ticket/ }).click();
  await expect(
    page.getByText('removed the ticket https://gitlab.example/acme/shop/-/issues/12'),
  ).toBeVisible();
  await expect(tickets.getByRole('link', { name: 'gitlab.example/acme/shop/-/issues/12' })).toHaveCount(0);
});
