import { audit, awaitIssues, call, expect, failure, faultsOf, newProject, open, send, test } from './journey';
import { openShop } from './shop';

interface Feedback {
  id: string;
  message: string;
  source: string;
  attachment_count: number;
}

test('what customers say by the browser SDK is read, resolved and found at its issue', async ({
  page,
  context,
}) => {
  const project = await newProject(page, 'Heard');
  // Gateways know the project from here on.
  await send(project, failure('First', 'of the project'));
  await awaitIssues(page, project, 1);
  await open(page, `/ui/feedback?project=${project.slug}`);
  await expect(page.getByRole('heading', { name: 'Nobody has said anything yet' })).toBeVisible();
  await expect(page.getByText('Sentry.showReportDialog')).toBeVisible();
  await audit(page);

  const shop = await openShop();
  const customer = await context.newPage();
  await customer.goto(`${shop.url}?dsn=${encodeURIComponent(project.dsn)}`);
  await customer.getByRole('button', { name: 'Complain' }).click();
  const dialog = customer.getByRole('dialog', { name: 'Oh no, the shop broke' });
  await expect(dialog).toBeVisible();
  await expect(dialog.getByLabel('Name')).toHaveValue('Ada');
  await expect(dialog.getByLabel('What did you do?')).toBeFocused();
  expect(await faultsOf(customer, ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])).toEqual([]);
  await dialog.getByRole('button', { name: 'Send report' }).click();
  await expect(dialog.getByText('This field is required.')).toBeVisible();
  await expect(dialog.getByLabel('What did you do?')).toBeFocused();
  await dialog.getByLabel('What did you do?').fill('I put a hat into it');
  const sent = customer.waitForResponse(
    (response) => response.request().method() === 'POST' && response.ok(),
  );
  await dialog.getByRole('button', { name: 'Send report' }).click();
  expect((await sent).url()).toContain('/api/embed/error-page/');
  await expect(dialog.getByText('Your report was sent. Thank you!')).toBeVisible();
  await customer.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(customer.getByText('The dialog is closed')).toBeVisible();
  const told = customer.waitForResponse((response) =>
    (response.request().postData() ?? '').includes('I like the colours'),
  );
  await customer.getByRole('button', { name: 'Praise' }).click();
  expect((await told).status()).toBe(200);
  shop.close();
  await customer.close();

  const listed = () =>
    call<{ results: Feedback[] }>(page, 'GET', `/api/v1/feedback?project=${project.slug}`).then(
      ({ results }) => results,
    );
  await expect.poll(async () => (await listed()).length).toBe(2);
  expect((await listed()).map(({ source }) => source).toSorted()).toEqual(['crash_dialog', 'widget']);
  await awaitIssues(page, project, 2);

  await open(page, '/ui/issues');
  await page.keyboard.press('g');
  await page.keyboard.press('f');
  await expect(page).toHaveURL(/\/ui\/feedback/);
  await open(page, `/ui/feedback?project=${project.slug}`);
  const inbox = page.getByRole('list', { name: 'Feedback' });
  await expect(inbox.getByRole('listitem')).toHaveCount(2);
  await audit(page);

  await inbox.getByRole('link', { name: /I like the colours/ }).click();
  const detail = page.getByRole('article', { name: 'Feedback' });
  await expect(detail.getByRole('heading', { name: 'Bob' })).toBeVisible();
  await expect(detail.getByRole('img', { name: 'screenshot.png' })).toBeVisible();
  expect(
    await detail
      .getByRole('img', { name: 'screenshot.png' })
      .evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth)),
  ).toBe(1);
  await audit(page);
  const assigned = page.waitForResponse((response) => response.request().method() === 'PUT');
  await detail.getByRole('button', { name: 'Assign', exact: true }).click();
  await page.getByRole('menuitem', { name: /Assign to me/ }).click();
  expect((await assigned).status()).toBe(200);
  await expect(detail.getByRole('button', { name: /^Given to/ })).toBeVisible();

  await inbox.getByRole('link', { name: /I put a hat into it/ }).click();
  await expect(detail.getByText(/by the dialog after an error/i)).toBeVisible();
  await expect(detail).not.toContainText('Mozilla');
  await expect(detail.getByRole('link', { name: /the basket fell over/ })).toBeVisible();
  await audit(page);
  const resolved = page.waitForResponse((response) => response.request().method() === 'PUT');
  await page.keyboard.press('e');
  expect((await resolved).status()).toBe(200);
  await expect(inbox.getByRole('listitem')).toHaveCount(1);
  await expect(detail.getByRole('heading', { name: 'Bob' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Resolved 1', exact: true })).toBeVisible();

  const spam = page.waitForResponse((response) => response.request().method() === 'PUT');
  await detail.getByRole('button', { name: 'Spam' }).click();
  expect((await spam).status()).toBe(200);
  await page.getByRole('link', { name: 'Spam 1' }).click();
  await expect(inbox.getByRole('link', { name: /I like the colours/ })).toBeVisible();

  await page.getByRole('link', { name: 'Resolved 1', exact: true }).click();
  await expect(inbox.getByRole('link', { name: /I put a hat into it/ })).toBeVisible();
  await page.keyboard.press('j');
  await expect(detail.getByText('I put a hat into it')).toBeVisible();
  const reopened = page.waitForResponse((response) => response.request().method() === 'PUT');
  await detail.getByRole('button', { name: 'Reopen' }).click();
  expect((await reopened).status()).toBe(200);
  await page.getByRole('link', { name: 'Unresolved 1' }).click();
  await page.getByRole('searchbox').or(page.getByLabel('Search feedback')).first().fill('HAT INTO');
  await page.keyboard.press('Enter');
  await expect(inbox.getByRole('listitem')).toHaveCount(1);
  await inbox.getByRole('link', { name: /I put a hat into it/ }).click();
  await detail
    .getByRole('link', { name: /the basket fell over/ })
    .first()
    .click();
  const said = page.getByRole('region', { name: /^Feedback/ });
  await expect(said.getByText('I put a hat into it')).toBeVisible();
  await audit(page);
  await said.getByRole('link', { name: 'Open' }).click();
  await expect(detail.getByText('I put a hat into it')).toBeVisible();
});

test('on a phone the list and what is open come one after the other', async ({ page }) => {
  const project = await newProject(page, 'Heard on a phone');
  const event = await send(project, failure('Phone', 'in a pocket'));
  await awaitIssues(page, project, 1);
  const dsn = new URL(project.dsn);
  const origin = process.env.RESENTRY_URL ?? dsn.origin;
  const hostile = '<img src=x onerror=alert(1)> \u202e <b>bold</b>';
  const answer = await fetch(`${origin}/api/${project.id}/envelope/?sentry_key=${dsn.username}`, {
    method: 'POST',
    body: `{"event_id":"${event}"}\n{"type":"user_report"}\n${JSON.stringify({
      event_id: event,
      name: hostile,
      email: 'javascript:alert(1)',
      comments: `${hostile} ${'x'.repeat(4_000)}`,
    })}\n`,
  });
  expect(answer.status).toBe(200);
  await expect
    .poll(
      async () =>
        (await call<{ results: Feedback[] }>(page, 'GET', `/api/v1/feedback?project=${project.slug}`)).results
          .length,
    )
    .toBe(1);

  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, `/ui/feedback?project=${project.slug}`);
  const inbox = page.getByRole('list', { name: 'Feedback' });
  await audit(page);
  await inbox.getByRole('link').click();
  await expect(inbox).toBeHidden();
  await expect(page.getByRole('article', { name: 'Feedback' })).toContainText('<b>bold</b>');
  await audit(page);
  await page.getByRole('link', { name: 'Back to the list' }).click();
  await expect(inbox.getByRole('link')).toBeVisible();
});
