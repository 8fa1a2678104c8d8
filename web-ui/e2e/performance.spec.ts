import {
  type Project,
  audit,
  awaitResults,
  call,
  expect,
  newProject,
  open,
  sendEnvelope,
  test,
} from './journey';

const TRACE = 'c0ffee00c0ffee00c0ffee00c0ffee01';

function hex(length: number): string {
  return Array.from({ length }, () => Math.floor(Math.random() * 16).toString(16)).join('');
}

interface Sent {
  name: string;
  trace: string;
  span: string;
  parent?: string;
  /** When it began, and how long it took, in milliseconds. */
  begin: number;
  duration: number;
  status?: string;
  spans?: object[];
}

async function sendTransaction(project: Project, sent: Sent): Promise<void> {
  const id = hex(32);
  const transaction = {
    event_id: id,
    type: 'transaction',
    transaction: sent.name,
    platform: 'node',
    environment: 'production',
    start_timestamp: sent.begin / 1_000,
    timestamp: (sent.begin + sent.duration) / 1_000,
    contexts: {
      trace: {
        trace_id: sent.trace,
        span_id: sent.span,
        parent_span_id: sent.parent,
        op: 'http.server',
        status: sent.status ?? 'ok',
      },
    },
    spans: sent.spans ?? [],
  };
  await sendEnvelope(
    project,
    `${JSON.stringify({ event_id: id })}\n{"type":"transaction"}\n${JSON.stringify(transaction)}\n`,
  );
}

function span(id: string, parent: string, op: string, description: string, begin: number, duration: number) {
  return {
    trace_id: TRACE,
    span_id: id,
    parent_span_id: parent,
    op,
    description,
    start_timestamp: begin / 1_000,
    timestamp: (begin + duration) / 1_000,
    data: { 'db.system': 'postgresql' },
  };
}

test('endpoints, one of them, its queries, and a trace over two projects', async ({ page }) => {
  const front = await newProject(page, 'Front');
  const back = await newProject(page, 'Back');
  await open(page, `/ui/performance?project=${front.slug}`);
  await expect(page.getByRole('heading', { name: 'No transactions in this range' })).toBeVisible();
  await audit(page);

  const now = Date.now() - 60_000;
  await sendTransaction(front, {
    name: 'GET /checkout',
    trace: TRACE,
    span: 'aaaaaaaaaaaaaaaa',
    begin: now,
    duration: 400,
    spans: [
      span('bbbbbbbbbbbbbbbb', 'aaaaaaaaaaaaaaaa', 'http.client', 'GET http://back/stock', now + 20, 300),
    ],
  });
  await sendTransaction(front, {
    name: 'GET /fast',
    trace: hex(32),
    span: hex(16),
    begin: now,
    duration: 20,
  });
  await sendTransaction(back, {
    name: 'GET /stock',
    trace: TRACE,
    span: 'cccccccccccccccc',
    parent: 'bbbbbbbbbbbbbbbb',
    begin: now + 40,
    duration: 250,
    status: 'internal_error',
    spans: [0, 1, 2, 3, 4, 5].map((index) =>
      span(
        `ddddddddddddddd${index}`,
        'cccccccccccccccc',
        'db',
        `SELECT * FROM stock WHERE id = ${index}`,
        now + 50 + index * 30,
        25,
      ),
    ),
  });
  const event = hex(32);
  await sendEnvelope(
    back,
    `${JSON.stringify({ event_id: event })}\n{"type":"event"}\n${JSON.stringify({
      event_id: event,
      platform: 'node',
      level: 'error',
      transaction: 'GET /stock',
      timestamp: (now + 200) / 1_000,
      exception: { values: [{ type: 'StockError', value: 'none left' }] },
      contexts: { trace: { trace_id: TRACE, span_id: 'ddddddddddddddd3' } },
    })}\n`,
  );
  await awaitResults(page, `/api/v1/projects/${front.id}/transactions`, 2);
  await awaitResults(page, `/api/v1/projects/${back.id}/transactions`, 1);
  await awaitResults(page, `/api/v1/issues?project=${back.slug}`, 1);

  await open(page, `/ui/issues?project=${front.slug},${back.slug}`);
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await expect(page).toHaveURL(/\/ui\/performance/);
  const list = page.getByRole('table', { name: 'Endpoints' });
  await expect(list.getByRole('row')).toHaveCount(4);
  await expect(list.getByRole('row').nth(1)).toContainText('GET /checkout');
  await audit(page);
  await list.getByRole('columnheader', { name: 'Failed' }).getByRole('button').click();
  await expect(page).toHaveURL(/sort=failure_rate/);
  await expect(list.getByRole('row').nth(1)).toContainText('GET /stock');
  await expect(list.getByRole('row').nth(1)).toContainText('100 %');
  await page.getByRole('textbox', { name: 'Search endpoints' }).fill('STOCK');
  await page.keyboard.press('Enter');
  await expect(list.getByRole('row')).toHaveCount(2);

  await list.getByRole('link', { name: /GET \/stock/ }).click();
  await expect(page.getByRole('heading', { name: 'GET /stock', level: 1 })).toBeVisible();
  await expect(page.getByText('SELECT * FROM stock WHERE id = 3')).toBeVisible();
  await expect(page.getByRole('link', { name: 'StockError: none left' })).toBeVisible();
  await audit(page);

  await open(page, `/ui/performance/queries?project=${front.slug},${back.slug}`);
  await expect(page.getByText('SELECT * FROM stock WHERE id = ?')).toHaveCount(2);
  await audit(page);
  await page.getByRole('link', { name: 'GET /stock', exact: true }).click();

  await expect(page).toHaveURL(new RegExp(`/ui/traces/${TRACE}`));
  const tree = page.getByRole('treegrid', { name: 'Spans' });
  await expect(tree.getByRole('row')).toHaveCount(10);
  await expect(page.getByText(/2 transactions, 7 spans, 1 error, in 2 projects/)).toBeVisible();
  const details = page.getByRole('complementary', { name: 'Span' });
  await expect(details.getByRole('heading', { level: 2 })).toHaveText('SELECT * FROM stock WHERE id = 3');
  await audit(page);
  await tree.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(details.getByRole('heading', { level: 2 })).toHaveText('GET /stock');
  await page.keyboard.press('ArrowLeft');
  await expect(tree.getByRole('row')).toHaveCount(4);
  await expect(tree.getByRole('row', { name: /GET \/stock/ })).toHaveAttribute('aria-expanded', 'false');
  await expect(tree.getByRole('row', { name: /GET \/stock/ })).toHaveAttribute('aria-level', '3');
  await page.keyboard.press('ArrowRight');
  await expect(tree.getByRole('row')).toHaveCount(10);
  await page.keyboard.press('Enter');
  await expect(tree.getByRole('columnheader', { name: /Time/ })).toContainText('275 ms');
  await page.getByRole('button', { name: 'Show the whole trace' }).click();
  await expect(tree.getByRole('columnheader', { name: /Time/ })).toContainText('400 ms');

  await tree.getByText('SELECT * FROM stock WHERE id = 3').click();
  await details.getByRole('link', { name: 'StockError: none left' }).click();
  await expect(page).toHaveURL(new RegExp(`event=${event}`));
  await page.getByRole('link', { name: 'Open the trace' }).click();
  await expect(page).toHaveURL(new RegExp(`/ui/traces/${TRACE}`));

  expect((await call<{ errors: object[] }>(page, 'GET', `/api/v1/traces/${TRACE}`)).errors).toHaveLength(1);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(tree).toBeVisible();
  await audit(page);
  await open(page, `/ui/performance?project=${front.slug},${back.slug}`);
  await audit(page);
});
