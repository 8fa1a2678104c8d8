import type { Page } from '@playwright/test';
import {
  PASSWORD,
  type Project,
  audit,
  awaitIssues,
  call,
  expect,
  failure,
  newProject,
  send,
  test,
} from './journey';

const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

async function withIssues(page: Page, name: string, types: readonly string[]): Promise<Project> {
  const project = await newProject(page, name);
  for (const type of types) await send(project, failure(type, `${type} of ${name}`));
  await awaitIssues(page, project, types.length);
  await page.goto(`/ui/issues?project=${project.slug}`);
  await expect(row(page, types[0]!)).toBeVisible();
  return project;
}

test('issues are worked through by keyboard alone', async ({ page }) => {
  await withIssues(page, 'Keys', ['Alpha', 'Beta', 'Gamma', 'Delta']);
  await page.keyboard.press('j');
  const first = page.locator('[data-current]');
  await expect(first).toHaveCount(1);
  const name = (await first.locator('b').first().innerText()).trim();
  await page.keyboard.press('e');
  await expect(page.getByText('1 issue resolved')).toBeVisible();
  await expect(row(page, name)).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(row(page, name)).toBeVisible();

  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await expect(page.getByRole('toolbar', { name: '2 selected' })).toBeVisible();
  await audit(page);
  await page.keyboard.press('m');
  await expect(page.getByText('2 issues ignored')).toBeVisible();
  await expect(page.getByRole('row')).toHaveCount(3);

  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible();
  await audit(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('/');
  await expect(page.getByRole('combobox', { name: 'Search issues' })).toBeFocused();
  await page.keyboard.type('nothing like it');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'No issue matches' })).toBeVisible();
  await expect(page).toHaveURL(/query=nothing\+like\+it/);
  await audit(page);
  await page.getByRole('link', { name: 'Clear search' }).click();

  await page.keyboard.press('j');
  await page.keyboard.press('o');
  const title = page.getByRole('heading', { level: 1 });
  await expect(page).toHaveURL(/\/ui\/issues\/\d+/);
  await expect(title).toHaveText(/Alpha|Beta|Gamma|Delta/);
  const opened = /Alpha|Beta|Gamma|Delta/.exec(await title.innerText())![0];
  await page.keyboard.press('n');
  await expect(title).not.toContainText(opened);
  await page.keyboard.press('p');
  await expect(title).toContainText(opened);
  await page.keyboard.press('u');
  await expect(page).toHaveURL(/\/ui\/issues\?/);
});

test('many issues are resolved, assigned and deleted together', async ({ page }) => {
  const project = await withIssues(page, 'Bulk', ['One', 'Two', 'Three']);
  await page.getByRole('checkbox', { name: 'Select the issues that are loaded' }).check();
  await page.getByRole('button', { name: 'Assign' }).click();
  await page.getByRole('menuitem', { name: 'Assign to me' }).click();
  await expect(page.getByText(/3 issues assigned to/)).toBeVisible();
  await page.getByRole('checkbox', { name: 'Select the issues that are loaded' }).check();
  const done = page.waitForResponse((response) => response.request().method() === 'PUT');
  await page.getByRole('button', { name: 'Resolve', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Nothing unresolved in this range' })).toBeVisible();
  await done;
  const resolved = await call<{ results: { assignee: object }[] }>(
    page,
    'GET',
    `/api/v1/issues?project=${project.slug}&status=resolved`,
  );
  expect(resolved.results.map((issue) => issue.assignee !== null)).toEqual([true, true, true]);

  await page.getByRole('link', { name: 'Resolved', exact: true }).click();
  await row(page, 'Two').getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete 1 issue' }).click();
  await expect(page.getByText('1 issue deleted')).toBeVisible();
  await expect(row(page, 'Two')).toHaveCount(0);
});

test('a resolved issue that happens again is a regression, and says so', async ({ page }) => {
  const project = await withIssues(page, 'Back', ['Again']);
  await page.getByRole('link', { name: /Again/ }).click();
  const state = page.getByRole('navigation', { name: 'Where this is' });
  await expect(state).toContainText(/BACK[A-Z0-9-]*-[0-9A-Z]+/);
  // The page says so at once; what happens before the server knows is no regression.
  const known = page.waitForResponse((answer) => answer.request().method() === 'PUT');
  await page.getByRole('button', { name: 'Resolve', exact: true }).click();
  await expect(state).toContainText('Resolved');
  await known;
  await send(project, failure('Again', 'Again of Back'));
  await expect(async () => {
    await page.reload();
    await expect(state).toContainText('Regressed', { timeout: 1000 });
  }).toPass();
  await expect(page.getByText('saw it again in release shop@1.4.0')).toBeVisible();
  await audit(page);

  await page.goto(`/ui/issues?project=${project.slug}`);
  await page.getByRole('link', { name: 'Regressed', exact: true }).click();
  await expect(row(page, 'Again')).toContainText('Regressed');
});

test('an issue that is ignored until it happens once more comes back with the first', async ({ page }) => {
  const project = await withIssues(page, 'Quiet', ['Noise']);
  await page.getByRole('link', { name: /Noise/ }).click();
  const state = page.getByRole('navigation', { name: 'Where this is' });
  await page.getByRole('button', { name: 'Ignore' }).click();
  await audit(page);
  await page.getByRole('menuitem', { name: 'Until it happens once more' }).click();
  await expect(state).toContainText('until it happens once more');
  await page.getByRole('button', { name: /^Priority/ }).click();
  await page.getByRole('menuitem', { name: 'Low' }).click();
  await expect(page.getByText('1 issue of low priority')).toBeVisible();
  await send(project, failure('Noise', 'Noise of Quiet'));
  await expect(async () => {
    await page.reload();
    await expect(state).not.toContainText('Ignored', { timeout: 1000 });
  }).toPass();
  await expect(page.getByText('took it up again: what it was ignored until has come')).toBeVisible();
});

test('an issue that is resolved in a commit waits for the release that has it', async ({ page }) => {
  const project = await withIssues(page, 'Commits', ['Fixed']);
  await page.getByRole('link', { name: /Fixed/ }).click();
  const state = page.getByRole('navigation', { name: 'Where this is' });
  await page.getByRole('button', { name: 'In which release' }).click();
  await page.getByRole('menuitem', { name: 'In a commit…' }).click();
  await page.getByLabel('Commit', { exact: true }).fill('c0ffee00c0ffee00');
  await audit(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Resolve' }).click();
  await expect(state).toContainText('in commit c0ffee00c0ff, which no release has yet');
  await call(page, 'POST', `/api/v1/projects/${project.id}/releases`, {
    version: 'shop@1.5.0',
    commits: [{ id: 'c0ffee00c0ffee00' }],
  });
  await expect(async () => {
    await page.reload();
    await expect(state).toContainText('in release shop@1.5.0', { timeout: 1000 });
    // Asked for beside the issue, and so perhaps a moment before it changed.
    await expect(
      page.getByText('resolved it in release shop@1.5.0, which has commit c0ffee00c0ff'),
    ).toBeVisible({ timeout: 1000 });
  }).toPass();
});

test('an Undo gives an ignored issue back what it was ignored until', async ({ page }) => {
  await withIssues(page, 'Undone', ['Condition']);
  await page.getByRole('link', { name: /Condition/ }).click();
  const state = page.getByRole('navigation', { name: 'Where this is' });
  await page.getByRole('button', { name: 'Ignore' }).click();
  await page.getByRole('menuitem', { name: 'Until 10 more users meet it' }).click();
  await expect(state).toContainText('until 10 more users');
  await page.getByRole('button', { name: 'Unresolve' }).click();
  await expect(state).not.toContainText('Ignored');
  const toast = page.locator('.toast').filter({ hasText: '1 issue unresolved' });
  // It is shown before it is kept, and a reload would break it off.
  const kept = page.waitForResponse((response) => response.request().method() === 'PUT');
  await toast.getByRole('button', { name: 'Undo' }).click();
  await expect(state).toContainText('until 10 more users');
  await kept;
  await page.reload();
  await expect(state).toContainText('until 10 more users');
});

test('issues that are one bug are merged, and taken apart again', async ({ page }) => {
  await withIssues(page, 'Twins', ['One', 'Two']);
  await page.getByRole('checkbox', { name: 'Select the issues that are loaded' }).check();
  await page.getByRole('button', { name: 'Merge', exact: true }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Merge 2 issues' }).click();
  await expect(page.getByText('2 issues merged')).toBeVisible();
  await expect(page.getByRole('row')).toHaveCount(2);

  await page.getByRole('link', { name: /One|Two/ }).click();
  const hashes = page.getByRole('list', { name: 'Hashes by which events belong to this issue' });
  await expect(hashes.getByRole('listitem')).toHaveCount(2);
  await expect(page.getByText('merged 1 other issue into it')).toBeVisible();
  await hashes
    .getByRole('listitem')
    .filter({ hasText: 'Two' })
    .getByRole('button', { name: 'Take out' })
    .click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Take out' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Two');
  await expect(page.getByText(/made it of a part of issue/)).toBeVisible();
});

test('new issues announce themselves and move nothing until they are asked for', async ({ page }) => {
  const project = await withIssues(page, 'Live', ['Old']);
  await send(project, failure('Fresh', 'just now'));
  const pill = page.getByRole('button', { name: /new or changed/ });
  await expect(pill).toBeVisible();
  await expect(row(page, 'Fresh')).toHaveCount(0);
  await page.keyboard.press('.');
  await expect(row(page, 'Fresh')).toBeVisible();
  await expect(pill).toHaveCount(0);
});

test('people comment on an issue, and correct themselves', async ({ page }) => {
  await withIssues(page, 'Comments', ['Talked']);
  await page.getByRole('link', { name: /Talked/ }).click();
  const editor = page.getByLabel('Write a comment');
  await editor.fill('Seen with **expired** cards, `pay()`');
  await editor.press('Control+Enter');
  const comment = page.locator('.comment');
  await expect(comment.locator('b')).toHaveText('expired');
  await page.reload();
  await expect(comment).toContainText('Seen with expired cards');
  await comment.getByRole('button', { name: 'Edit' }).click();
  await page.getByLabel('Write a comment').last().fill('Seen with old cards');
  await page.getByRole('button', { name: 'Comment' }).last().click();
  await expect(comment).toContainText('Seen with old cards');
  await audit(page);
  await comment.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await expect(comment).toHaveCount(0);

  await page.locator('h1').click();
  await page.keyboard.press('a');
  await expect(page.getByRole('complementary', { name: 'Figures' })).not.toContainText('Nobody');
  await page.keyboard.press('e');
  await expect(page.getByRole('navigation', { name: 'Where this is' })).toContainText('Resolved');
});

test('a session that ends loses nothing', async ({ page, context, watched }) => {
  watched.allow.push(/status of 401/);
  await withIssues(page, 'Session', ['Kept']);
  // The last that the page asks for by itself, when one gets down to the comments.
  const similar = page.waitForResponse((response) => response.url().includes('/similar'));
  await page.getByRole('link', { name: /Kept/ }).click();
  await page.locator('#similar').scrollIntoViewIfNeeded();
  await similar;
  await page.getByLabel('Write a comment').fill('half a thought');
  const cookies = await context.cookies();
  await context.clearCookies();
  await page.getByRole('button', { name: 'Comment' }).click();
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
  await expect(dialog).toBeVisible();
  await audit(page);
  await dialog.getByLabel('Password').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Log in' }).click();
  await expect(dialog).toHaveCount(0);
  await page.getByRole('button', { name: 'Comment' }).click();
  await expect(page.locator('.comment')).toContainText('half a thought');
  await context.addCookies(cookies);
});
