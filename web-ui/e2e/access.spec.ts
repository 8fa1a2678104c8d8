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
  sendUnreadable,
  statusOf,
  test,
} from './journey';

async function newTeam(page: Page, name: string, project: Project): Promise<string> {
  const slug = name.toLowerCase();
  const team = await call<{ id: number }>(page, 'POST', '/api/v1/teams', { name, slug });
  await call(page, 'PUT', `/api/v1/teams/${team.id}/projects/${project.id}`);
  return slug;
}

/** Accepts an invitation that is open in a page. */
async function comeIn(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('heading', { name: 'You are invited' })).toBeVisible();
  await audit(page);
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('A password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Come in' }).click();
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible();
}

test('a viewer sees everything, and has no button that would be refused', async ({ page, invite }) => {
  const project = await newProject(page, 'Looked at');
  await send(project, failure('Shown', 'to a viewer'));
  const [issue] = await awaitIssues(page, project, 1);
  await sendUnreadable(page, project);
  const viewer = await invite('viewer@example.com', 'viewer', [await newTeam(page, 'Viewers', project)]);
  await comeIn(viewer, 'Vera');
  const button = (name: RegExp | string) => viewer.getByRole('button', { name });

  await open(viewer, `/ui/issues?project=${project.slug}`);
  await expect(viewer.getByRole('link', { name: /Shown/ })).toBeVisible();
  await expect(viewer.getByRole('checkbox')).toHaveCount(0);
  await viewer.keyboard.press('j');
  await viewer.keyboard.press('e');
  await open(viewer, `/ui/issues/${issue}`);
  await expect(button(/Resolve|Ignore|Assign|Delete|Comment/)).toHaveCount(0);
  await audit(viewer);
  await open(viewer, `/ui/dead?project=${project.slug}`);
  await expect(viewer.getByRole('table', { name: 'Dead letters' }).getByRole('row')).toHaveCount(2);
  await viewer.keyboard.press('j');
  await viewer.keyboard.press('o');
  await expect(viewer.getByRole('dialog')).toContainText('Never retried.');
  await expect(button(/Retry|Discard/)).toHaveCount(0);
  await expect(viewer.getByRole('link', { name: 'Download' })).toHaveCount(0);
  await open(viewer, '/ui/replays');
  await expect(button(/New replay/)).toHaveCount(0);
  for (const section of ['general', 'keys', 'limits', 'scrubbing', 'grouping', 'people', 'danger']) {
    await open(viewer, `/ui/projects/${project.slug}/settings/${section}`);
    await expect(viewer.getByText(/^Only shown/).first()).toBeVisible();
    await expect(button(/Save|Add|Delete|Switch|Remove/)).toHaveCount(0);
  }
  await open(viewer, `/ui/projects/${project.slug}/settings/scrubbing`);
  await expect(viewer.getByLabel('Addresses of the network')).toBeDisabled();
  await open(viewer, `/ui/projects/${project.slug}/settings/grouping`);
  await expect(viewer.getByRole('textbox', { name: 'Fingerprint rules' })).not.toBeEditable();
  await open(viewer, '/ui/admin/users');
  await expect(viewer.getByText('viewer@example.com')).toBeVisible();
  await expect(button(/Invite|What to do|Take back/)).toHaveCount(0);
  await open(viewer, '/ui/projects/new');
  await expect(button(/Create/)).toHaveCount(0);
  await viewer.goto('/ui/issues');
  await button('All projects').click();
  await expect(viewer.getByRole('menuitem', { name: 'Looked at' })).toBeVisible();
  await expect(viewer.getByRole('menuitem', { name: 'New project' })).toHaveCount(0);

  const letters = await call<{ results: { id: number }[] }>(viewer, 'GET', '/api/v1/dead-letters');
  const refused = [
    ['PUT', '/api/v1/issues', { ids: [issue], status: 'resolved' }],
    ['POST', `/api/v1/issues/${issue}/comments`, { text: 'no' }],
    ['POST', `/api/v1/dead-letters/${letters.results[0]!.id}/retry`, undefined],
    ['GET', `/api/v1/dead-letters/${letters.results[0]!.id}/raw`, undefined],
    ['PATCH', `/api/v1/projects/${project.id}`, { name: 'Mine' }],
    ['POST', '/api/v1/projects', { name: 'Mine', platform: 'javascript' }],
  ] as const;
  for (const [method, path, body] of refused) {
    expect(await statusOf(viewer, method, path, body), `${method} ${path}`).toBe(403);
  }
  const kept = await call<{ status: string }>(page, 'GET', `/api/v1/issues/${issue}`);
  expect(kept.status).toBe('unresolved');
});

test('a member of another team does not see the issues of a project', async ({ page, invite, watched }) => {
  watched.allow.push(/status of 404|RequestFailed: There is no event/);
  const secret = await newProject(page, 'Secret');
  const own = await newProject(page, 'Own');
  const event = await send(secret, failure('Hidden', 'from the others'));
  await send(own, failure('Visible', 'to its team'));
  const [hidden] = await awaitIssues(page, secret, 1);
  await awaitIssues(page, own, 1);
  const all = await call<{ members_see_all_projects: boolean }>(page, 'GET', '/api/v1/organization');
  await call(page, 'PATCH', '/api/v1/organization', { members_see_all_projects: false });
  const member = await invite('member@example.com', 'member', [await newTeam(page, 'Owners', own)]);
  await comeIn(member, 'Max');

  await open(member, '/ui/issues');
  await expect(member.getByRole('link', { name: /Visible/ })).toBeVisible();
  await expect(member.getByRole('row')).toHaveCount(2);
  await member.getByRole('button', { name: 'All projects' }).click();
  await expect(member.getByRole('menuitem', { name: 'Own' })).toBeVisible();
  await expect(member.getByRole('menuitem', { name: 'Secret' })).toHaveCount(0);
  await member.keyboard.press('Escape');
  await open(member, '/ui/events');
  await expect(member.getByRole('row')).toHaveCount(2);
  for (const path of [`/ui/issues/${hidden}`, `/ui/events/${event}`, `/ui/projects/${secret.slug}/setup`]) {
    await member.goto(path);
    await expect(member.getByRole('heading', { name: 'Not found' })).toBeVisible();
  }
  expect(await statusOf(member, 'GET', `/api/v1/issues/${hidden}`)).toBe(404);
  expect(await statusOf(member, 'GET', `/api/v1/events/${event}`)).toBe(404);
  expect(await statusOf(member, 'PUT', `/api/v1/issues/${hidden}`, { status: 'resolved' })).toBe(404);
  await call(page, 'PATCH', '/api/v1/organization', all);
});
