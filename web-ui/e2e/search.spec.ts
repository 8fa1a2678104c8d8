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
  open,
  send,
  statusOf,
  test,
} from './journey';

const bar = (page: Page) => page.getByRole('combobox', { name: 'Search issues' });
const option = (page: Page, name: string | RegExp) => page.getByRole('option', { name });
const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

/** Two issues: an error in production and a warning in staging. */
async function shop(page: Page, name: string): Promise<Project> {
  const project = await newProject(page, name);
  await send(project, failure('Declined', 'the card was declined', { environment: 'production' }));
  await send(project, failure('Slow', 'the cart is slow', { level: 'warning', environment: 'staging' }));
  await awaitIssues(page, project, 2);
  await open(page, `/ui/issues?project=${project.slug}`);
  await expect(row(page, 'Declined')).toBeVisible();
  await expect(row(page, 'Slow')).toBeVisible();
  return project;
}

/** Waits until the list that a search asks for is there. */
async function searched(page: Page, press: () => Promise<unknown>, status = 200): Promise<void> {
  const answer = page.waitForResponse(
    (response) => /\/api\/v1\/issues\?/.test(response.url()) && response.status() === status,
  );
  await press();
  await answer;
}

test('a search is put together by keyboard out of suggestions', async ({ page }) => {
  await shop(page, 'Suggest');
  await page.keyboard.press('/');
  await expect(bar(page)).toBeFocused();
  await expect(option(page, /^level/)).toBeVisible();
  await page.keyboard.type('lev');
  await expect(page.getByRole('group', { name: 'Search by' })).toBeVisible();
  await audit(page);

  await page.keyboard.press('ArrowDown');
  await expect(option(page, /^level/)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(bar(page)).toHaveValue('level:');
  await expect(option(page, /^warning/)).toBeVisible();
  await page.keyboard.type('war');
  await page.keyboard.press('Tab');
  await expect(bar(page)).toHaveValue('level:warning ');
  await expect(bar(page)).toBeFocused();
  await page.keyboard.type('environment:');
  await expect(option(page, /^staging/)).toContainText('1');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('listbox')).toHaveCount(0);
  await page.keyboard.type('staging');
  await searched(page, () => page.keyboard.press('Enter'));

  await expect(page).toHaveURL(/query=level:warning\+environment:staging/);
  await expect(row(page, 'Slow')).toBeVisible();
  await expect(row(page, 'Declined')).toHaveCount(0);
  await expect(page.getByRole('listbox')).toHaveCount(0);
  await audit(page);

  await bar(page).fill('!level:warning is:unresolved');
  await searched(page, () => page.keyboard.press('Enter'));
  await expect(row(page, 'Declined')).toBeVisible();
  await expect(row(page, 'Slow')).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'All', exact: true })).toHaveAttribute('aria-current', 'page');
});

test('what is wrong with a search is told and underlined where it is', async ({ page, watched }) => {
  watched.allow.push(/status of 400/);
  await shop(page, 'Faulty');
  await bar(page).fill('level:error timesSeen:many');
  await searched(page, () => page.keyboard.press('Enter'), 400);

  const words = page.getByRole('alert');
  await expect(words).toContainText('many');
  await expect(page.getByTestId('query-fault')).toHaveText('many');
  await expect(bar(page)).toHaveAttribute('aria-invalid', 'true');
  await expect(row(page, 'Declined'), 'what was there before stays').toBeVisible();
  await audit(page);

  await bar(page).press('Backspace');
  await expect(page.getByTestId('query-fault')).toHaveCount(0);
  await bar(page).fill('level:error');
  await searched(page, () => page.keyboard.press('Enter'));
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(row(page, 'Slow')).toHaveCount(0);
});

test('searches are saved, shared, opened by others, renamed and deleted', async ({ page, invite }) => {
  const project = await shop(page, 'Keepers');
  const name = `Warnings ${project.slug}`;
  await bar(page).fill('level:warning');
  await searched(page, () => page.keyboard.press('Enter'));
  await page.getByRole('button', { name: 'Saved searches' }).click();
  await page.getByRole('menuitem', { name: 'Save this search' }).click();
  const dialog = page.getByRole('dialog', { name: 'Save this search' });
  await expect(dialog.getByLabel('Query')).toHaveValue('is:unresolved level:warning');
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel('Share it with everybody').check();
  await audit(page);
  const saved = page.waitForResponse(
    (response) => response.request().method() === 'POST' && response.url().endsWith('/saved-searches'),
  );
  await dialog.getByRole('button', { name: 'Save' }).click();
  expect((await saved).status()).toBe(201);
  await expect(page.getByText(`Saved as “${name}”`)).toBeVisible();

  const team = await call<{ id: number }>(page, 'POST', '/api/v1/teams', {
    name: 'Keepers',
    slug: `of-${project.slug}`,
  });
  await call(page, 'PUT', `/api/v1/teams/${team.id}/projects/${project.id}`);
  const their = await invite(`keeper@${project.slug}.example.com`, 'viewer', [`of-${project.slug}`]);
  await their.getByLabel('Your name').fill('Vera');
  await their.getByLabel('A password').fill(PASSWORD);
  await their.getByRole('button', { name: 'Come in' }).click();
  await expect(their.getByRole('navigation', { name: 'Pages' })).toBeVisible();
  await their.goto(`/ui/issues?project=${project.slug}`);
  await their.getByRole('button', { name: 'Saved searches' }).click();
  await their.getByRole('menuitem', { name: new RegExp(name) }).click();
  await expect(their).toHaveURL(/query=is:unresolved\+level:warning/);
  await expect(row(their, 'Slow')).toBeVisible();
  await expect(row(their, 'Declined')).toHaveCount(0);

  await page.getByRole('button', { name: 'Saved searches' }).click();
  await page.getByRole('menuitem', { name: 'Manage saved searches' }).click();
  const manage = page.getByRole('dialog', { name: 'Manage saved searches' });
  await audit(page);
  const pinned = page.waitForResponse((response) => response.url().endsWith('/pin'));
  await manage.getByRole('button', { name: `Put ${name} first`, exact: true }).click();
  await pinned;
  await expect(manage.getByRole('button', { name: `Do not put ${name} first any more` })).toBeVisible();
  await manage.getByRole('button', { name: `Rename or share ${name}` }).click();
  const edit = page.getByRole('dialog', { name: `Rename or share ${name}` });
  await edit.getByLabel('Name').fill(`${name} 2`);
  const changed = page.waitForResponse(
    (response) => response.request().method() === 'PUT' && !response.url().endsWith('/pin'),
  );
  await edit.getByRole('button', { name: 'Change' }).click();
  expect((await changed).status()).toBe(200);
  await manage.getByRole('button', { name: `Delete ${name} 2` }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete search' }).click();
  await expect(page.getByText(`Deleted “${name} 2”`)).toBeVisible();
  const left = await call<{ name: string }[]>(page, 'GET', '/api/v1/saved-searches?dataset=issues');
  expect(left.map((search) => search.name)).not.toContain(`${name} 2`);
});

test('recent searches are offered again, on a phone as well', async ({ page }) => {
  await statusOf(page, 'DELETE', '/api/v1/recent-searches?dataset=issues');
  const project = await shop(page, 'Recent');
  for (const query of ['level:error', 'environment:staging']) {
    const noted = page.waitForResponse(
      (response) => response.url().endsWith('/recent-searches') && response.request().method() === 'POST',
    );
    await bar(page).fill(query);
    await page.keyboard.press('Enter');
    expect((await noted).status()).toBe(204);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, `/ui/issues?project=${project.slug}`);
  await bar(page).click();
  const recent = page.getByRole('group', { name: 'Recent searches' });
  await expect(recent.getByRole('option')).toHaveText(['environment:staging', 'level:error']);
  await audit(page);
  await searched(page, () => recent.getByRole('option', { name: 'level:error' }).click());
  await expect(page).toHaveURL(/query=level:error/);
  await expect(row(page, 'Declined')).toBeVisible();
  await expect(row(page, 'Slow')).toHaveCount(0);
});

test('the events of an issue are searched, too, and the language is explained', async ({ page }) => {
  const project = await newProject(page, 'Many');
  await send(project, failure('Again', 'the same', { environment: 'production' }));
  await send(project, failure('Again', 'the same', { environment: 'staging' }));
  await awaitIssues(page, project, 1);
  await page.goto(`/ui/issues?project=${project.slug}`);
  await row(page, 'Again').getByRole('link').first().click();
  await page.getByRole('link', { name: 'All events' }).click();
  await expect(page.getByRole('heading', { name: 'Events of the issue' })).toBeVisible();
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole('row')).toHaveCount(3, { timeout: 1_000 });
  }).toPass();
  await audit(page);
  await page.getByRole('combobox', { name: 'Search its events' }).fill('environment:staging');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('row')).toHaveCount(2);
  await expect(page).toHaveURL(/query=environment:staging/);

  await page.getByRole('button', { name: 'How to search' }).click();
  await expect(page.getByRole('dialog', { name: 'How to search' })).toContainText('is:unresolved');
  await audit(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});
