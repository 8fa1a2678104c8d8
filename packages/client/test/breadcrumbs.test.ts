import { expect, test, vi } from 'vitest';
import type { Breadcrumb } from '../src/index.js';
import { DSN, answered, load } from './server.js';

const facts = ({ timestamp: _when, ...crumb }: Breadcrumb) => crumb;

test('clicks, the console, requests and navigation are breadcrumbs', async () => {
  const { client, server } = await load();
  vi.spyOn(console, 'error').mockImplementation(() => {});
  client.init({ dsn: DSN });
  document.body.innerHTML =
    '<main id="shop"><button class="buy now" aria-label="Buy"><i>!</i></button></main>';

  document.querySelector('i')!.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  console.error('no', { price: 7 });
  history.pushState({}, '', '/cart');
  history.replaceState({}, '', '/cart');
  server.answer = () => new Response('', { status: 500 });
  await fetch('/api/cart', { method: 'PUT' });
  server.answer = () => Promise.reject(new TypeError('away'));
  await expect(fetch('/api/cart')).rejects.toThrow('away');
  server.answer = () => new Response('{}');
  const request = new XMLHttpRequest();
  request.open('POST', '/api/old');
  request.dispatchEvent(new ProgressEvent('loadend'));
  client.captureMessage('full');
  await answered();

  expect(server.events[0]!.breadcrumbs!.map(facts)).toEqual([
    { category: 'ui.click', message: 'body > main#shop > button.buy.now["Buy"] > i' },
    { category: 'console', level: 'error', message: 'no [object Object]' },
    { category: 'navigation', data: { from: 'http://localhost:3000/', to: 'http://localhost:3000/cart' } },
    {
      type: 'http',
      category: 'fetch',
      level: 'error',
      data: { method: 'PUT', url: '/api/cart', status_code: 500 },
    },
    {
      type: 'http',
      category: 'fetch',
      level: 'error',
      data: { method: 'GET', url: '/api/cart', error: 'TypeError: away' },
    },
    { type: 'http', category: 'xhr', level: 'error', data: { method: 'POST', url: '/api/old' } },
  ]);
});

test('the last ones are kept, and none that the page does not want', async () => {
  const { client, server } = await load();
  client.init({ dsn: DSN, maxBreadcrumbs: 2, autoBreadcrumbs: false });

  console.debug('not noted');
  for (const message of ['a', 'b', 'c']) client.addBreadcrumb({ message });
  client.captureMessage('two');
  client.init({ dsn: DSN, maxBreadcrumbs: 0 });
  client.addBreadcrumb({ message: 'd' });
  client.captureMessage('none');
  await answered();

  expect(server.events.map((event) => event.breadcrumbs!.map((crumb) => crumb.message))).toEqual([
    ['b', 'c'],
    [],
  ]);
});

test('what the page wrapped around works as before', async () => {
  const { client } = await load();
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  client.init({ dsn: DSN });

  console.log('a', { toString: null });
  const answer = await fetch('/same');

  expect(log).toHaveBeenCalledWith('a', { toString: null });
  expect(await answer.text()).toBe('{}');
});

test('addresses are without query, fragment and content, and nothing is longer than it is of use', async () => {
  const { client, server } = await load();
  vi.spyOn(document, 'referrer', 'get').mockReturnValue('https://shop.example/login?token=secret#part');
  vi.spyOn(console, 'log').mockImplementation(() => {});
  history.replaceState({}, '', '/reset?token=secret');
  client.init({ dsn: DSN });
  document.body.innerHTML = `<p id="${'p'.repeat(2_000)}"><b>!</b></p>`;

  document.querySelector('b')!.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  console.log({ toString: () => 'x'.repeat(1_000_000) }, new RangeError('no'), 7);
  history.pushState({}, '', '/cart?token=secret#secret');
  history.replaceState({}, '', '/cart?token=other');
  await fetch('data:image/png;base64,secret');
  await fetch(`/api/${'x'.repeat(2_000)}`);
  const request = new XMLHttpRequest();
  request.open('GET', '/api/old?token=secret');
  request.dispatchEvent(new ProgressEvent('loadend'));
  client.captureMessage('full');
  await answered();

  const [event] = server.events;
  expect(JSON.stringify(event)).not.toContain('secret');
  expect(event!.request).toMatchObject({
    url: `${location.origin}/cart`,
    headers: { Referer: 'https://shop.example/login' },
  });
  expect(event!.breadcrumbs!.map((crumb) => crumb.message ?? crumb.data!.url ?? crumb.data)).toEqual([
    `${'p'.repeat(996)} > b`,
    '[object Object] RangeError: no 7',
    { from: `${location.origin}/reset`, to: `${location.origin}/cart` },
    'data:',
    `/api/${'x'.repeat(995)}`,
    '/api/old',
  ]);
  history.replaceState({}, '', '/');
});
