import {
  audit,
  awaitIssues,
  call,
  expect,
  failure,
  newProject,
  open,
  type Project,
  send,
  test,
} from './journey';
import type { Page } from '@playwright/test';

interface Saved {
  id: number;
  revision: number;
  widgets: { title: string; layout: { x: number; y: number; w: number; h: number } }[];
}

const put = (page: Page) => page.waitForResponse((response) => response.request().method() === 'PUT');
const post = (page: Page) =>
  page.waitForResponse((response) => response.request().method() === 'POST' && response.ok());

async function withEvents(page: Page, name: string): Promise<Project> {
  const project = await newProject(page, name);
  await send(project, failure('CartError', 'the cart is empty'));
  await send(project, failure('CartError', 'the cart is empty', { release: 'shop@1.5.0' }));
  await send(project, failure('PriceError', 'no price', { release: 'shop@1.5.0' }));
  await awaitIssues(page, project, 2);
  return project;
}

function chart(title: string, x: number, y: number, more: object = {}): object {
  return {
    title,
    kind: 'bar',
    dataset: 'events',
    query: '',
    y: ['count()'],
    layout: { x, y, w: 6, h: 4 },
    ...more,
  };
}

async function newDashboard(page: Page, name: string, widgets: object[]): Promise<Saved> {
  return call<Saved>(page, 'POST', '/api/v1/dashboards', { name, shared: true, widgets });
}

async function saved(page: Page, id: number): Promise<Saved> {
  return call<Saved>(page, 'GET', `/api/v1/dashboards/${id}`);
}

test('a dashboard begins with a ready-made one, is narrowed, duplicated and deleted', async ({ page }) => {
  const project = await withEvents(page, 'Boards');
  await open(page, `/ui/dashboard?project=${project.slug}`);
  await page.getByRole('link', { name: 'All dashboards' }).click();
  await expect(page.getByRole('heading', { name: 'Dashboards', level: 1 })).toBeVisible();
  await page.getByRole('button', { name: 'New dashboard' }).click();
  await page.getByLabel('Begin with').selectOption('Errors');
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Errors');
  await page.getByLabel('Name', { exact: true }).fill('Errors of the shop');
  await audit(page);
  const made = post(page);
  await page.getByRole('button', { name: 'Create dashboard' }).click();
  await made;

  await expect(page.getByRole('heading', { name: 'Errors of the shop', level: 1 })).toBeVisible();
  const errors = page.getByRole('region', { name: 'Errors', exact: true });
  await expect(errors.getByText('3', { exact: true })).toBeVisible();
  const issues = page.getByRole('region', { name: 'Unresolved issues with the most events' });
  await expect(issues.getByRole('listitem')).toHaveCount(2);
  await expect(page.getByRole('region', { name: 'Fatal' }).getByText('0', { exact: true })).toBeVisible();
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
  await audit(page);

  const filter = page
    .getByRole('textbox', { name: 'Filter of all widgets' })
    .or(page.getByRole('combobox', { name: 'Filter of all widgets' }));
  await filter.fill('release:shop@1.4.0');
  await filter.press('Enter');
  await expect(page).toHaveURL(/filter=release:shop/);
  await expect(errors.getByText('1', { exact: true })).toBeVisible();
  await expect(issues.getByRole('listitem')).toHaveCount(1);
  await filter.fill('');
  await filter.press('Enter');
  await expect(issues.getByRole('listitem')).toHaveCount(2);

  await issues.getByRole('link', { name: /CartError/ }).click();
  await expect(page).toHaveURL(/\/ui\/issues\/\d+/);
  await page.goBack();

  const copied = post(page);
  await page.getByRole('button', { name: 'Duplicate' }).click();
  await copied;
  await expect(page.getByRole('heading', { name: 'Copy of Errors of the shop', level: 1 })).toBeVisible();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('heading', { name: 'Dashboards', level: 1 })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Errors of the shop', exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Copy of Errors of the shop' })).toHaveCount(0);
  await audit(page);
});

test('widgets are added, moved and resized by keys and by pointer, and saved', async ({ page }) => {
  const project = await withEvents(page, 'Grid');
  const { id } = await newDashboard(page, 'Grid', [chart('First', 0, 0), chart('Second', 6, 0)]);
  await open(page, `/ui/dashboards/${id}?project=${project.slug}`);
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await expect(page).toHaveURL(/edit=1/);

  await page.getByRole('button', { name: 'Add widget' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Title').fill('Releases');
  await form.getByLabel('Shown as').selectOption('Top groups');
  await expect(form.getByLabel('Group', { exact: true })).toHaveValue('release');
  await expect(form.getByRole('listitem').filter({ hasText: 'shop@1.5.0' })).toBeVisible();
  await audit(page);
  await form.getByRole('button', { name: 'Add widget' }).click();
  await expect(page.getByRole('region', { name: 'Releases' })).toBeVisible();

  await page.getByRole('button', { name: 'Move First', exact: true }).press('ArrowDown');
  await page.getByRole('button', { name: 'Move First', exact: true }).press('ArrowRight');
  await expect(page.getByRole('status').filter({ hasText: 'First: column 2, row 2' })).toBeAttached();
  await page.getByRole('button', { name: 'Resize Second' }).press('ArrowUp');
  await audit(page);

  const handle = page.getByRole('button', { name: 'Move Releases', exact: true });
  await handle.scrollIntoViewIfNeeded();
  const from = await handle.boundingBox();
  const board = await page.locator('.board').boundingBox();
  if (!from || !board) throw new Error('nothing to drag');
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(from.x + from.width / 2 + board.width / 2, from.y + from.height / 2, { steps: 8 });
  await page.mouse.up();

  const change = put(page);
  await page.getByRole('button', { name: 'Save' }).click();
  expect((await change).status()).toBe(200);
  await expect(page.getByRole('button', { name: 'Edit', exact: true })).toBeVisible();
  const { widgets } = await saved(page, id);
  const placeOf = (title: string) => widgets.find((widget) => widget.title === title)?.layout;
  expect(placeOf('First')).toEqual({ x: 1, y: 1, w: 6, h: 4 });
  expect(placeOf('Second')?.h).toBe(3);
  expect(placeOf('Releases')?.x).toBe(6);
});

test('who changes what somebody has changed since is told, and nothing is lost unseen', async ({
  page,
  watched,
}) => {
  watched.allow.push(/status of 409/);
  const dashboard = await newDashboard(page, 'Contested', [chart('Events', 0, 0)]);
  await open(page, `/ui/dashboards/${dashboard.id}?edit=1`);
  await page.getByLabel('Name', { exact: true }).fill('Mine');
  await call(page, 'PUT', `/api/v1/dashboards/${dashboard.id}`, {
    name: 'Theirs',
    shared: true,
    widgets: [],
    revision: 1,
  });
  const change = put(page);
  await page.getByRole('button', { name: 'Save' }).click();
  expect((await change).status()).toBe(409);
  await expect(page.getByText(/1 is not the latest any more/)).toBeVisible();
  await audit(page);
  await page.getByRole('button', { name: 'Read it again' }).click();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Theirs');

  await page.getByLabel('Name', { exact: true }).fill('Given up');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Discard changes' }).click();
  await expect(page.getByRole('heading', { name: 'Theirs', level: 1 })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Nothing on it yet' })).toBeVisible();
});

test('a widget that cannot be shown says why, and leaves the others alone', async ({ page, watched }) => {
  watched.allow.push(/status of 400/);
  const project = await withEvents(page, 'Faulty');
  const { id } = await newDashboard(page, 'Faulty', [
    chart('Well', 0, 0, { kind: 'number', layout: { x: 0, y: 0, w: 6, h: 2 } }),
    chart('Broken', 6, 0, { query: 'level:[' }),
    chart('Nothing', 0, 4, { query: 'release:nowhere' }),
  ]);
  await open(page, `/ui/dashboards/${id}?project=${project.slug}`);
  await expect(page.getByRole('region', { name: 'Well' }).getByText('3', { exact: true })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Broken' }).getByRole('alert')).toContainText(
    'could not be shown',
  );
  await expect(
    page.getByRole('region', { name: 'Nothing' }).getByText('Nothing in this time.'),
  ).toBeVisible();
  await audit(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await audit(page);
});

test('similar issues are told, and merged into the one that is looked at', async ({ page }) => {
  const project = await newProject(page, 'Alike');
  const thrown = (type: string, value: string, statement: string) => ({
    ...failure(type, value),
    exception: {
      values: [
        {
          type,
          value,
          stacktrace: {
            frames: [
              { filename: 'src/serve.ts', function: 'serve', lineno: 3, in_app: true },
              {
                filename: 'src/cart.ts',
                function: 'totalOf',
                lineno: 9,
                in_app: true,
                context_line: statement,
              },
            ],
          },
        },
      ],
    },
  });
  await send(
    project,
    thrown('RangeError', 'no price of the item', "throw new RangeError('no price of the item');"),
  );
  await send(
    project,
    thrown('RangeError', 'no rate of the item', "throw new RangeError('no rate of the item');"),
  );
  await awaitIssues(page, project, 2);
  const { results } = await call<{ results: { id: number; title: string }[] }>(
    page,
    'GET',
    `/api/v1/issues?project=${project.slug}`,
  );
  const price = results.find((issue) => issue.title.includes('price'))!;
  const rate = results.find((issue) => issue.title.includes('rate'))!;

  await open(page, `/ui/issues/${price.id}?project=${project.slug}#similar`);
  const similar = page.getByRole('region', { name: 'Similar issues' });
  await similar.scrollIntoViewIfNeeded();
  await expect(similar.getByRole('link', { name: /no rate of the item/ })).toBeVisible();
  await expect(similar.getByText(/ery similar|Similar/).last()).toBeVisible();
  await expect(similar.getByText(/same type, 100 % of the frames/)).toBeVisible();
  await similar.getByRole('checkbox').check();
  await audit(page);
  await similar.getByRole('button', { name: 'Merge 1 issue into this one' }).click();
  const merged = post(page);
  await page.getByRole('alertdialog').getByRole('button', { name: 'Merge 1 issue into this one' }).click();
  await merged;
  await expect(similar.getByText('There is no other issue of this project')).toBeVisible();
  const kept = await call<{ id: number; events: number }>(page, 'GET', `/api/v1/issues/${rate.id}`);
  expect(kept).toMatchObject({ id: price.id, events: 2 });
});
