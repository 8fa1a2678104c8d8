import type { Page } from '@playwright/test';
import {
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

const settings = (project: Project, section: string) => `/ui/projects/${project.slug}/settings/${section}`;

/** An error whose stack goes through a library. */
const declined = failure('CardDeclined', 'by the bank', {
  exception: {
    values: [
      {
        type: 'CardDeclined',
        value: 'by the bank',
        stacktrace: {
          frames: [
            { filename: 'node_modules/express/router.js', function: 'handle', lineno: 3, in_app: false },
            { filename: 'src/cart.ts', function: 'checkout', lineno: 45, in_app: true },
            { filename: 'src/pay.ts', function: 'charge', lineno: 7, in_app: true },
          ],
        },
      },
    ],
  },
});

test('an issue explains frame by frame why an event is in it', async ({ page }) => {
  const project = await newProject(page, 'Explained');
  await send(project, declined);
  const [issue] = await awaitIssues(page, project, 1);
  await open(page, `/ui/issues/${issue}`);
  const grouping = page.getByRole('region', { name: /^Grouping/ });
  await expect(grouping).toContainText('This event is grouped by what was thrown, and where in the program.');
  const frames = grouping.getByRole('list', { name: 'Stack, where it failed first' }).getByRole('listitem');
  await expect(frames).toHaveCount(3);
  await expect(frames.nth(0)).toContainText('Counts');
  await expect(frames.nth(0)).toContainText('charge in pay.js');
  await expect(frames.nth(1)).toContainText('Left out');
  await expect(frames.nth(1)).toContainText('too far from the crash');
  await expect(frames.nth(2)).toContainText('not in app');
  await expect(grouping).not.toContainText('another hash than those of this issue');

  const trace = page.getByRole('region', { name: 'Stack trace' });
  const marked = trace.getByRole('listitem').filter({
    has: page.getByRole('img', { name: 'This frame is in the fingerprint' }),
  });
  await expect(marked).toHaveCount(1);
  await expect(marked).toContainText('src/pay.ts:7');
  await audit(page);
});

test('rules of grouping are saved, and a fault in them is marked where it is', async ({ page, watched }) => {
  watched.allow.push(/status of 400/);
  const project = await newProject(page, 'Ruled');
  await send(project, declined);
  const [issue] = await awaitIssues(page, project, 1);
  await open(page, settings(project, 'grouping'));
  const rules = page.getByRole('textbox', { name: 'Fingerprint rules' });
  const save = page.getByRole('button', { name: 'Save rules' });
  await rules.fill('# of banks\ntype:CardDeclined -> declined, {{ level }}\ntype:Other nonsense');
  await save.click();
  await expect(rules).toHaveAccessibleDescription(/Line 3, column 1\d: .*expected/);
  await expect(rules).toBeFocused();
  await expect(page.locator('.rule-editor-hit')).toBeVisible();
  const typedAt = await rules.evaluate((area: HTMLTextAreaElement) => area.selectionStart);
  expect(typedAt).toBeGreaterThan('# of banks\ntype:CardDeclined -> declined, {{ level }}\n'.length);
  await audit(page);

  await rules.fill('# of banks\ntype:CardDeclined -> declined, {{ level }}');
  await expect(page.locator('.rule-editor-hit')).toHaveCount(0);
  await save.click();
  await expect(page.getByText('Saved; the rules hold')).toBeVisible();
  await page.reload();
  await expect(rules).toHaveValue('# of banks\ntype:CardDeclined -> declined, {{ level }}');
  await page.getByText('How rules are written').click();
  await audit(page);

  await open(page, `/ui/issues/${issue}`);
  const grouping = page.getByRole('region', { name: /^Grouping/ });
  await expect(grouping).toContainText('A rule of the project decided, line 2');
  await expect(grouping).toContainText('another hash than those of this issue');
  await grouping.getByText('What would have counted without it').click();
  await expect(grouping).toContainText('charge in pay.js');
  await audit(page);
  await grouping.getByRole('link', { name: 'Rules of this project' }).click();
  await expect(rules).toBeVisible();

  // Somebody else changes them while this page is open.
  const { revision } = await call<{ revision: number }>(
    page,
    'GET',
    `/api/v1/projects/${project.id}/grouping-rules`,
  );
  const theirs = { fingerprint_rules: 'type:A -> theirs', stacktrace_rules: '', revision };
  await call(page, 'PUT', `/api/v1/projects/${project.id}/grouping-rules`, theirs);
  watched.allow.push(/status of 409/);
  await rules.fill('type:A -> mine');
  await save.click();
  const conflict = page.getByRole('alert').filter({ hasText: 'Somebody else changed these settings' });
  await expect(conflict).toBeVisible();
  await expect(rules).toHaveValue('type:A -> mine');
  await audit(page);
  await conflict.getByRole('button', { name: 'Drop mine and load theirs' }).click();
  await expect(rules).toHaveValue('type:A -> theirs');
});

test('stored events are put under other rules after a preview, and back again', async ({ page }) => {
  const project = await newProject(page, 'Regrouped');
  await send(project, failure('Slow', 'in the north', { tags: { region: 'north' } }));
  await send(project, failure('Slower', 'in the south', { tags: { region: 'south' } }));
  for (const region of ['north', 'south'])
    await send(project, failure('Broken', 'here', { tags: { region } }));
  await awaitIssues(page, project, 3);
  await open(page, settings(project, 'grouping'));
  await page
    .getByRole('textbox', { name: 'Fingerprint rules' })
    .fill('type:Slow* -> slow\ntype:Broken -> broken, {{ tags.region }}');
  await page.getByLabel('Days').fill('2');
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(page).toHaveURL(/\/regroups\/\d+/);
  await expect(page.getByRole('heading', { name: '3 issues become 3' })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('1 issue goes into others, 1 new issue')).toBeVisible();
  const merged = page.getByRole('region', { name: 'Merged' });
  await expect(merged.getByRole('heading', { name: 'Before' })).toHaveCount(1);
  const slower = merged.getByRole('listitem').getByRole('listitem').filter({ hasText: 'in the south' });
  await slower.getByText('Where it failed').click();
  await expect(slower).toContainText('src/Slower.ts:7 in raiseSlower');
  const split = page.getByRole('region', { name: 'Split' });
  await expect(split.getByText('New', { exact: true })).toHaveCount(1);
  await audit(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await audit(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  // A preview changes nothing.
  await awaitIssues(page, project, 3);

  await page.getByRole('button', { name: 'Apply' }).click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText('3 issues become 3');
  await expect(dialog).toContainText('Nothing alerts');
  await audit(page);
  await dialog.getByRole('button', { name: 'Apply' }).click();
  const undo = page.getByRole('button', { name: 'Undo' });
  await expect(undo).toBeVisible({ timeout: 90_000 });
  await page.goto(`/ui/issues?project=${project.slug}`);
  await expect(page.getByRole('row').filter({ hasText: 'Broken' })).toHaveCount(2);
  await page.getByRole('link', { name: /Slow/ }).click();
  await expect(page.getByText('merged 1 other issue into this one')).toBeVisible();
  await expect(page.getByRole('region', { name: /^Grouping/ })).not.toContainText('another hash than those');

  await open(page, settings(project, 'grouping'));
  await expect(page.getByRole('textbox', { name: 'Fingerprint rules' })).toHaveValue(/^type:Slow/);
  const former = page.getByRole('row').filter({ hasText: '3 → 3' });
  await expect(former).toContainText('Applied');
  await former.getByRole('link').click();
  await undo.click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Undone', { exact: true }).first()).toBeVisible({ timeout: 90_000 });
  // The issue that was made of a part goes once its counts are taken anew.
  await awaitIssues(page, project, 3);
  const issues = await call<{ results: { title: string }[] }>(
    page,
    'GET',
    `/api/v1/issues?project=${project.slug}`,
  );
  expect(issues.results.map((issue) => issue.title).toSorted()).toEqual([
    'Broken: here',
    'Slow: in the north',
    'Slower: in the south',
  ]);
  await open(page, settings(project, 'grouping'));
  await expect(page.getByRole('textbox', { name: 'Fingerprint rules' })).toHaveValue('');
});

/** Sends events until settings that were just changed hold, and returns the issue and the first that arrived so. */
async function sendUntil(page: Page, project: Project, event: object, holds: (arrived: object) => boolean) {
  let found: { id: string; issue_id: number } | undefined;
  await expect
    .poll(
      async () => {
        const id = await send(project, event);
        await expect.poll(() => statusOf(page, 'GET', `/api/v1/events/${id}`)).toBe(200);
        const arrived = await call<{ id: string; issue_id: number }>(page, 'GET', `/api/v1/events/${id}`);
        found = holds(arrived) ? arrived : undefined;
        return found !== undefined;
      },
      { timeout: 60_000 },
    )
    .toBe(true);
  return found!;
}

test('what is taken out is tried, saved, and said by the events that come then', async ({
  page,
  watched,
}) => {
  watched.allow.push(/status of 400/);
  const project = await newProject(page, 'Scrubbed');
  const told = failure('Told', 'too much', { extra: { customer: 'CUST-17 paid', password: 'geheim' } });
  await send(project, told);
  await awaitIssues(page, project, 1);
  await open(page, settings(project, 'scrubbing'));
  await page.getByRole('button', { name: 'Add a rule' }).click();
  const rule = page.getByRole('group', { name: 'Rule 1' });
  await rule.getByLabel('What to look for').selectOption('A regular expression');
  const pattern = rule.getByLabel('Regular expression');
  await pattern.fill('(CUST-');
  await rule.getByLabel('Where').fill('extra.**');
  await page.getByRole('button', { name: 'Try', exact: true }).click();
  await expect(pattern).toHaveAccessibleDescription(/missing closing/);
  await audit(page);

  await pattern.fill('CUST-[0-9]+');
  await page.getByRole('button', { name: 'Try', exact: true }).click();
  const place = page.getByRole('group', { name: 'extra.customer' });
  await expect(place).toContainText('Masked: rule 1 of the project');
  await expect(place.getByText('CUST-17 paid')).toBeVisible();
  await expect(place.getByText('******* paid')).toBeVisible();
  await audit(page);
  await page.getByRole('button', { name: 'Save scrubbing' }).click();
  await expect(page.getByText('Saved; it holds')).toBeVisible();

  const arrived = await sendUntil(
    page,
    project,
    told,
    (event) => (event as { extra: { customer: string } }).extra.customer === '******* paid',
  );
  await open(page, `/ui/issues/${arrived.issue_id}?event=${arrived.id}`);
  const changed = page.getByRole('region', { name: /^Changed on arrival/ }).getByRole('listitem');
  await expect(changed.filter({ hasText: 'extra.customer' })).toContainText('Masked: rule 1 of the project');
  await expect(changed.filter({ hasText: 'extra.password' })).toContainText('a secret by its name');
  await audit(page);
});
