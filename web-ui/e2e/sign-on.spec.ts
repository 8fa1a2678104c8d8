import { createHmac } from 'node:crypto';
import type { Page } from '@playwright/test';
import { PASSWORD, audit, expect, open, test } from './journey';

const STEP_SECONDS = 30;

/** What an authenticator app with a secret shows in a step of time. */
function codeOf(secret: string, step: number): string {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((digit) => digits.indexOf(digit).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac('sha1', key).update(counter).digest();
  const truncated = hash.readUInt32BE(hash.at(-1)! & 0xf) & 0x7fff_ffff;
  return String(truncated % 1_000_000).padStart(6, '0');
}

const stepNow = () => Math.floor(Date.now() / 1_000 / STEP_SECONDS);

async function logOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('menuitem', { name: /Log out/ }).click();
  await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible();
}

/** Fills in the first step of a login. */
async function logIn(page: Page, email: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  const asked = page.waitForResponse('**/api/v1/session');
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await asked;
}

async function enter(page: Page, code: string): Promise<void> {
  await page.getByLabel('Code').fill(code);
  const asked = page.waitForResponse('**/api/v1/session');
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await asked;
}

test('a second factor is set up by an app, asked for, and switched off', async ({ invite, watched }) => {
  // A login without its code, and one with a code that was used.
  watched.allow.push(/status of 40[01]/);
  const email = 'two-steps@example.com';
  const page = await invite(email, 'member', []);
  await page.getByLabel('Your name').fill('Tina');
  await page.getByLabel('A password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Come in' }).click();
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible();

  await open(page, '/ui/account/second-factor');
  await audit(page);
  await page.getByLabel('Current password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Set it up' }).click();
  await expect(page.getByRole('img', { name: /QR code/ })).toBeVisible();
  await audit(page);
  const secret = await page.getByRole('status').locator('code').innerText();
  const first = codeOf(secret, stepNow());
  await page.getByLabel('The code that the app shows').fill(first);
  await page.getByRole('button', { name: 'Switch it on' }).click();
  await expect(page.getByText('10 recovery codes left')).toBeVisible();
  const recovery = (await page.getByRole('status').locator('code').innerText()).split('\n');
  expect(recovery).toHaveLength(10);
  await audit(page);

  await logOut(page);
  await logIn(page, email);
  await audit(page);
  await enter(page, first);
  await expect(page.getByText('The code is wrong, or was used before')).toBeVisible();
  await enter(page, recovery[0]!);
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible();

  await open(page, '/ui/account/second-factor');
  await expect(page.getByText('9 recovery codes left')).toBeVisible();
  await page.getByLabel('Current password').fill(PASSWORD);
  await page.getByLabel('A code of the app, or a recovery code').fill(recovery[1]!);
  await page.getByRole('button', { name: 'Switch it off' }).click();
  await expect(page.getByRole('button', { name: 'Set it up' })).toBeVisible();
  await logOut(page);
  await logIn(page, email);
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible();
});

test('who needs a second factor is led to set one up, and goes on', async ({ invite }) => {
  const page = await invite('needs-two@example.com', 'member', []);
  // As if the organization required it, which would hold for the other journeys too.
  await page.route('**/api/v1/session', async (request) => {
    const answer = await request.fetch();
    const session = (await answer.json()) as { user?: Record<string, unknown> };
    const factor = await page.request.get('/api/v1/account/second-factor');
    const hasOne = factor.ok() && ((await factor.json()) as { on: boolean }).on;
    if (session.user && !hasOne) session.user['must_set_up_second_factor'] = true;
    await request.fulfill({ response: answer, json: session });
  });
  await page.getByLabel('Your name').fill('Nora');
  await page.getByLabel('A password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Come in' }).click();

  await expect(page.getByRole('heading', { name: 'Set up a second factor' })).toBeVisible();
  await audit(page);
  await page.getByLabel('Current password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Set it up' }).click();
  await expect(page.getByRole('img', { name: /QR code/ })).toBeVisible();
  const secret = await page.getByRole('status').locator('code').innerText();
  await page.getByLabel('The code that the app shows').fill(codeOf(secret, stepNow()));
  await page.getByRole('button', { name: 'Switch it on' }).click();
  await expect(page.getByRole('button', { name: 'Copy the recovery codes' })).toBeVisible();
  await audit(page);
  await page.getByRole('button', { name: 'I have kept them, go on' }).click();
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible();
});

test('the login page says that the provider is away, and has the link when it is back', async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({
    baseURL: baseURL ?? '',
    storageState: { cookies: [], origins: [] },
  });
  const page = await context.newPage();
  let isAvailable = false;
  await page.route('**/api/v1/auth/methods', (request) =>
    request.fulfill({
      json: { password: true, single_sign_on: 'Company', single_sign_on_available: isAvailable },
    }),
  );
  await page.goto('/ui/login');
  await expect(page.getByRole('status')).toContainText('Company does not answer');
  await audit(page);
  isAvailable = true;
  await expect(page.getByRole('link', { name: 'Log in with Company' })).toBeVisible({ timeout: 15_000 });
  await context.close();
});

test('somebody comes in by the provider, and goes out there too', async ({ browser, baseURL }) => {
  // Only where the Resentry under test has one (WebUiJourneysIT starts it).
  test.skip(!process.env.RESENTRY_SIGN_ON, 'no provider');
  const context = await browser.newContext({
    baseURL: baseURL ?? '',
    storageState: { cookies: [], origins: [] },
  });
  const page = await context.newPage();
  const signOn = async (claims: object) => {
    await page.getByRole('link', { name: 'Log in with Company' }).click();
    await page.getByPlaceholder('Enter any user/subject').fill('ada');
    await page.locator('textarea[name=claims]').fill(JSON.stringify(claims));
    await page.getByRole('button', { name: 'Sign-in' }).click();
  };

  await page.goto('/ui/login?next=%2Freleases');
  await signOn({ email: 'ada@example.com', email_verified: false });
  await expect(page.getByRole('alert')).toContainText('has not verified your e-mail');
  await audit(page);
  await page.goto('/ui/login?next=%2Freleases');
  await signOn({ email: 'ada@example.com', email_verified: true, name: 'Ada Lovelace' });
  await expect(page).toHaveURL(/\/ui\/releases/);
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible();
  await open(page, '/ui/account/profile');
  await expect(page.getByText('Joined to an identity at')).toBeVisible();
  await page.getByRole('button', { name: 'Release the account from it' }).click();
  await audit(page);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('menuitem', { name: /Log out ada@example.com|Log out/ }).click();
  await page.waitForURL(/endsession|\/ui\/login/);
  await page.goto('/ui/issues');
  await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible();
  await context.close();
});
