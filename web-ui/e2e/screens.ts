import { type BrowserContextOptions, test } from '@playwright/test';
import { EMAIL, PRINTED } from './journey';

const DIRECTORY = '../../docs/screens';
const DESK: BrowserContextOptions = { viewport: { width: 1440, height: 900 }, colorScheme: 'light' };
const DARK: BrowserContextOptions = { ...DESK, colorScheme: 'dark' };
const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, colorScheme: 'light' };

const screens = (issue: number, envelope: string): [string, BrowserContextOptions, string][] => [
  ['issues', DESK, '/issues?range=14d'],
  ['issues-dark', DARK, '/issues?range=14d'],
  ['issues-phone', PHONE, '/issues?range=14d'],
  ['issue', DESK, `/issues/${issue}?range=14d`],
  ['issue-dark', DARK, `/issues/${issue}?range=14d`],
  ['issue-phone', PHONE, `/issues/${issue}?range=14d`],
  ['events', DESK, '/events?range=14d'],
  ['pipeline', DESK, '/pipeline'],
  ['ledger', DESK, `/ledger?id=${envelope}`],
  ['dead-letters', DESK, '/dead'],
  ['replays', DESK, '/replays'],
  ['project-settings', DESK, '/projects/demo-shop-web/settings/keys'],
  ['setup', DESK, '/projects/demo-shop-web/setup'],
  ['admin', DESK, '/admin/users'],
];

test('pictures of the main screens', async ({ page, browser, baseURL }) => {
  await page.goto('/ui/login');
  await page.getByLabel('E-mail').fill(EMAIL);
  await page.getByLabel('Password', { exact: true }).fill(PRINTED);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/ui\/(issues|welcome)/);
  const first = async (path: string) => {
    const list = (await (await page.request.get(path)).json()) as { results: Record<string, unknown>[] };
    return list.results[0]!;
  };
  const issue = await first('/api/v1/issues?project=demo-shop-api&sort=events&limit=1');
  const letter = await first('/api/v1/dead-letters?limit=1');
  const storageState = await page.context().storageState();

  for (const [name, look, path] of screens(Number(issue['id']), String(letter['envelope_id']))) {
    const context = await browser.newContext({ baseURL: baseURL ?? '', ...look, storageState });
    const shown = await context.newPage();
    await shown.goto(`/ui${path}`, { waitUntil: 'load' });
    await shown.locator('main').waitFor();
    await shown.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
    await shown.evaluate(() => document.fonts.ready);
    await shown.screenshot({ path: `${DIRECTORY}/${name}.png`, animations: 'disabled' });
    await context.close();
  }
});
