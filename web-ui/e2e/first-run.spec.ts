import { EMAIL, PASSWORD, PRINTED, SESSION, audit, expect, test } from './journey';
import { openShop } from './shop';

test('from the printed password to the first issue of the official browser SDK', async ({
  page,
  context,
  watched,
}) => {
  // Who is not logged in is told so by a 401, which browsers write to the console.
  watched.allow.push(/status of 401/);
  await page.goto('/');
  await expect(page).toHaveURL(/\/ui\/login/);
  await expect(page.getByText('shown this once')).toBeVisible();
  await audit(page);

  await page.getByLabel('E-mail').fill(EMAIL);
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await page.getByLabel('Password').fill(PRINTED);
  await page.getByRole('button', { name: 'Log in' }).click();

  await expect(page.getByRole('heading', { name: 'Choose a password' })).toBeVisible();
  await audit(page);
  await page.getByLabel('The password you logged in with').fill(PRINTED);
  await page.getByLabel('New password').fill('short');
  await expect(page.getByText('Too short')).toBeVisible();
  await page.getByLabel('New password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Keep it and go on' }).click();
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible();

  await page.getByRole('button', { name: 'All projects' }).click();
  await page.getByRole('menuitem', { name: 'New project' }).click();
  await page.getByLabel('Name').fill('My Shop');
  await expect(page.getByText('In addresses: my-shop')).toBeVisible();
  await page.getByText('Browser JavaScript').click();
  await audit(page);
  await page.getByRole('button', { name: 'Create the project' }).click();

  await expect(page.getByRole('heading', { name: 'Set up My Shop' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Waiting for the first event' })).toBeVisible();
  await audit(page);
  const dsn = await page.locator('.setup-dsn code').innerText();
  await expect(page.getByRole('region', { name: 'Start it with your DSN' })).toContainText(dsn);

  const shop = await openShop();
  const customer = await context.newPage();
  // The gateway learns of a new project a moment after it is made; the SDK sends each event once.
  await expect
    .poll(async () => {
      await customer.goto(`${shop.url}?dsn=${encodeURIComponent(dsn)}`);
      const answer = customer.waitForResponse(
        (response) =>
          response.url().includes('/envelope/') &&
          response.request().method() === 'POST' &&
          (response.request().postData() ?? '').includes('"type":"event"'),
      );
      await customer.getByRole('button', { name: 'Pay' }).click();
      return (await answer).status();
    })
    .toBe(200);
  await customer.getByRole('button', { name: 'Ship' }).click();

  const open = page.getByRole('link', { name: 'Open the issue' });
  await expect(page.getByRole('heading', { name: 'The first event is here' })).toBeVisible();
  await expect(open).toBeFocused();
  await audit(page);
  await page.keyboard.press('Enter');

  await expect(page.getByRole('heading', { level: 1 })).toContainText('Error');
  await expect(page.getByText('the card has expired').first()).toBeVisible();
  await expect(page.getByRole('region', { name: 'Breadcrumbs' })).toContainText('two things in the cart');
  await expect(page.getByRole('region', { name: 'Contexts' })).toContainText('shop@1.4.0');
  await expect(page.getByRole('region', { name: 'Ledger' })).toContainText('stored');
  await audit(page);

  await page.goto('/ui/issues');
  await expect(page.getByRole('link', { name: /nobody ships on Sundays/ })).toBeVisible();
  shop.close();
  await customer.close();

  await page.goto('/ui/ledger?project=my-shop');
  const session = page
    .getByRole('row')
    .filter({ has: page.getByRole('cell', { name: 'session', exact: true }) });
  await expect(session.first()).toContainText('Stored');
  await session.first().getByRole('link').click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Item 0: session' })).toContainText('Stored');

  await page.goto('/ui/releases?project=my-shop');
  await page.getByRole('link', { name: '1.4.0', exact: true }).click();
  const health = page.getByRole('region', { name: 'Sessions', exact: true });
  // The error of each visit is in its session.
  await expect(health).toContainText(/[1-9]\d* with errors/);
  await expect(health).toContainText('Adopted');
  await context.storageState({ path: SESSION });
});
