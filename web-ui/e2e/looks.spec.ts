import type { Page } from '@playwright/test';
import {
  audit,
  awaitIssues,
  call,
  expect,
  failure,
  faultsOf,
  newProject,
  open,
  send,
  sendUnreadable,
  test,
} from './journey';

const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
/** Between two looks of one size only colours differ. */
const COLORS = ['color-contrast'];
/** Between phone and desk the navigation shows icons only. */
const NAMES = ['button-name', 'link-name'];

const LOOKS = [
  { name: 'wide', viewport: WIDE, colorScheme: 'light', rules: undefined },
  { name: 'wide and dark', viewport: WIDE, colorScheme: 'dark', rules: COLORS },
  { name: 'on a phone and dark', viewport: PHONE, colorScheme: 'dark', rules: COLORS },
  { name: 'on a phone', viewport: PHONE, colorScheme: 'light', rules: undefined },
  { name: 'between', viewport: { width: 900, height: 844 }, colorScheme: 'light', rules: NAMES },
] as const;

/** Opens each page once and looks at it in every look; all faults are told together. */
async function walk(page: Page, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await page.setViewportSize(WIDE);
    await open(page, path);
    for (const { name, viewport, colorScheme, rules } of LOOKS) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => setTimeout(painted))));
      expect.soft(await faultsOf(page, rules), `${path} ${name}`).toEqual([]);
    }
  }
}

test('pages of issues, events and releases are sound in every look', async ({ page }) => {
  const project = await newProject(page, 'Looks');
  await send(project, failure('Seen', 'in every look'));
  const [issue] = await awaitIssues(page, project, 1);
  const { release_id: release } = await call<{ release_id: number }>(page, 'POST', '/api/deployments', {
    project: project.slug,
    release: 'shop@1.4.0',
    environment: 'production',
  });
  const { id: rule } = await call<{ id: number }>(
    page,
    'POST',
    `/api/v1/alert-rules?project=${project.slug}`,
    {
      rule: {
        name: 'Seen often',
        conditions: [{ type: 'frequency', threshold: 10, window_minutes: 5 }],
        filters: [{ type: 'level', level: 'error' }],
      },
      targets: [{ type: 'webhook', value: 'https://hooks.example/a', subject: '{{ issue.title }}' }],
    },
  );
  const { id: check } = await call<{ id: number }>(page, 'POST', '/api/v1/uptime-checks', {
    project: project.slug,
    name: 'Shop',
    url: 'http://shop.invalid/',
    failures: 10,
  });
  const { id: monitor } = await call<{ id: number }>(page, 'POST', '/api/v1/monitors', {
    project: project.slug,
    slug: 'nightly',
    schedule: { type: 'crontab', value: '0 4 * * *' },
  });
  const [template] = await call<{ name: string; widgets: object[] }[]>(
    page,
    'GET',
    '/api/v1/dashboard-templates',
  );
  const { id: dashboard } = await call<{ id: number }>(page, 'POST', '/api/v1/dashboards', {
    name: 'Looks',
    shared: false,
    widgets: template!.widgets,
  });
  await walk(page, [
    '/ui/alerts',
    `/ui/alerts?project=${project.slug}&tab=rules`,
    `/ui/alerts/${rule}`,
    `/ui/alerts/${rule}?tab=backtest`,
    `/ui/alerts/${rule}?tab=history`,
    `/ui/issues?project=${project.slug}`,
    '/ui/issues?query=no-such-thing',
    `/ui/issues/${issue}`,
    `/ui/issues/${issue}/events`,
    `/ui/events?project=${project.slug}`,
    `/ui/dashboard?project=${project.slug}`,
    '/ui/dashboards',
    `/ui/dashboards/${dashboard}?project=${project.slug}`,
    `/ui/dashboards/${dashboard}?project=${project.slug}&edit=1`,
    `/ui/releases?project=${project.slug}`,
    '/ui/releases?query=no-such-release',
    `/ui/releases/${release}`,
    `/ui/logs?project=${project.slug}`,
    '/ui/logs?query=no-such-log',
    `/ui/performance?project=${project.slug}`,
    `/ui/performance/queries?project=${project.slug}`,
    `/ui/uptime?project=${project.slug}`,
    `/ui/uptime/${check}`,
    `/ui/crons?project=${project.slug}`,
    `/ui/crons/${monitor}`,
    `/ui/feedback?project=${project.slug}`,
    '/ui/feedback?query=no-such-words&range=90d',
    `/ui/projects/${project.slug}/setup`,
    '/ui/projects/new',
    '/ui/no/such/page',
  ]);
});

test('pages of the pipeline are sound in every look', async ({ page }) => {
  const project = await newProject(page, 'Looks at the pipeline');
  const event = await send(project, failure('Counted', 'in the books'));
  await awaitIssues(page, project, 1);
  await sendUnreadable(page, project);
  const letters = await call<{ results: { id: number }[] }>(
    page,
    'GET',
    `/api/v1/dead-letters?project=${project.id}`,
  );
  const replay = await call<{ id: number }>(page, 'POST', '/api/v1/replays', {
    from: new Date(Date.now() - 3_600_000).toISOString(),
    to: new Date().toISOString(),
    projects: [project.id],
    types: [],
    dry_run: true,
  });
  await walk(page, [
    '/ui/pipeline',
    '/ui/ledger',
    `/ui/ledger?id=${event}`,
    '/ui/ledger?id=00000000000000000000000000000000',
    `/ui/dead?project=${project.slug}`,
    `/ui/dead?project=${project.slug}&letter=${letters.results[0]!.id}`,
    '/ui/replays',
    `/ui/replays/${replay.id}`,
  ]);
});

test('settings of a project and of an account are sound in every look', async ({ page }) => {
  const project = await newProject(page, 'Looks at settings');
  const regroup = await call<{ id: number }>(page, 'POST', `/api/v1/projects/${project.id}/regroups`, {
    fingerprint_rules: 'type:Seen -> seen',
    stacktrace_rules: '',
    days: 1,
  });
  await call(page, 'POST', '/api/v1/tokens', { name: 'a program', scopes: ['event:read'] });
  await walk(page, [
    ...[
      'general',
      'keys',
      'limits',
      'filters',
      'repository',
      'mappings',
      'scrubbing',
      'grouping',
      'people',
      'danger',
    ].map((section) => `/ui/projects/${project.slug}/settings/${section}`),
    `/ui/projects/${project.slug}/regroups/${regroup.id}`,
    ...['profile', 'password', 'second-factor', 'sessions', 'tokens'].map(
      (section) => `/ui/account/${section}`,
    ),
  ]);
});

test('pages of the administration are sound in every look', async ({ page }) => {
  const project = await newProject(page, 'Looks at the administration');
  const team = await call<{ id: number }>(page, 'POST', '/api/v1/teams', {
    name: 'Lookers',
    slug: 'lookers',
  });
  await call(page, 'PUT', `/api/v1/teams/${team.id}/projects/${project.id}`);
  await call(page, 'POST', '/api/v1/invitations', { email: 'guest@example.com', role: 'viewer', teams: [] });
  await walk(
    page,
    ['users', 'teams', 'projects', 'tokens', 'jobs', 'audit', 'system', 'organization'].map(
      (section) => `/ui/admin/${section}`,
    ),
  );
});

test('the first view is light, and its content policy as strict as it gets', async ({ page }) => {
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  const answer = await page.goto('/ui/issues');
  expect(answer?.headers()['content-security-policy']).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
      "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  );
  await expect(page.getByRole('table')).toBeVisible();
  expect(requests.length, requests.join('\n')).toBeLessThanOrEqual(25);
});

test('an address that is nothing says so, and offers the rest', async ({ page, watched }) => {
  watched.allow.push(/status of 404/);
  await page.goto('/ui/no/such/page');
  await expect(page.getByRole('heading', { name: 'Not found' })).toBeVisible();
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Events' }).click();
  await expect(page).toHaveURL(/\/ui\/events/);
  await page.goto('/ui/issues/999999999');
  await expect(page.getByRole('alert')).toContainText('Not found');
  await audit(page);
});
