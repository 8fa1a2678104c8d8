import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { VERSION } from '../src/transport.js';

interface Package {
  version: string;
  dependencies?: Record<string, string>;
  devDependencies: Record<string, string>;
}

const read = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as Package;

test('the client says the version of the package', () => {
  expect(VERSION).toBe(read('../package.json').version);
});

test('the tools have the versions that web-ui has, whose a build by Maven uses', () => {
  const own = read('../package.json').devDependencies;
  const { dependencies, devDependencies } = read('../../../web-ui/package.json');

  expect({ ...dependencies, ...devDependencies }).toMatchObject(own);
});

test('the package has the licence that all of it is under', () => {
  const text = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

  expect(text('../LICENSE')).toBe(text('../../../LICENSE'));
});
