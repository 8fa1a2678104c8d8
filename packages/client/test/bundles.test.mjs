// @vitest-environment node
import { readFileSync } from 'node:fs';
import vm from 'node:vm';
import { expect, test } from 'vitest';
import { BUDGET, bundle, zipped } from '../scripts/bundles.mjs';

test('a page has to load less than 5 kB, with and without a bundler', async () => {
  expect(zipped(await bundle('resentry.min.js'))).toBeLessThan(BUDGET);
  expect(zipped(await bundle('resentry-client.js', { minify: true }))).toBeLessThan(BUDGET);
});

test('a script without modules finds the client in one name', async () => {
  const page = vm.createContext({ console, AbortController });

  vm.runInContext(await bundle('resentry.min.js'), page);

  expect(Object.keys(page.Resentry).sort()).toEqual([
    'addBreadcrumb',
    'captureException',
    'captureMessage',
    'close',
    'init',
    'sendSession',
    'setTag',
    'setUser',
  ]);
});

test('the file to be copied is the package; "npm run copy" in packages/client writes it', async () => {
  const copied = readFileSync(
    new URL('../../../examples/react/single-file/resentry-client.js', import.meta.url),
    'utf8',
  );

  expect(copied).toBe(await bundle('resentry-client.js'));
});

test('the error boundary has the client of the page, and not one of its own', async () => {
  expect(await bundle('react.js')).toMatch(/from ["']\.\/index\.js["']/);
});
