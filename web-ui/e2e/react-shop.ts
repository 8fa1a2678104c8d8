import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Page, test } from '@playwright/test';
import { type Project, call } from './journey';
import { run } from './minified';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const CLIENT = join(ROOT, 'packages', 'client');
const EXAMPLE = join(ROOT, 'examples', 'react');
const INSTALLED = join(ROOT, 'web-ui', 'node_modules');

/** The release that the page of the example is built as. */
export const RELEASE = 'react-shop@1.4.0';

/** Copies the example, builds it, and uploads its source maps, as its README says; returns the directory of what was built. */
export async function buildReactShop(page: Page, project: Project): Promise<string> {
  await run('bash', ['build.sh', 'package'], CLIENT, {});
  const shop = test.info().outputPath('react-shop');
  cpSync(EXAMPLE, shop, {
    recursive: true,
    filter: (path) => !['node_modules', 'dist'].includes(basename(path)),
  });
  // What "npm install" puts there, of what is installed here.
  const packages = join(shop, 'node_modules');
  mkdirSync(join(packages, '@resentry'), { recursive: true });
  symlinkSync(CLIENT, join(packages, '@resentry', 'client'));
  for (const name of ['react', 'react-dom', 'vite']) symlinkSync(join(INSTALLED, name), join(packages, name));

  await run(process.execPath, [join(packages, 'vite', 'bin', 'vite.js'), 'build'], shop, {
    VITE_RESENTRY_DSN: project.dsn,
    VITE_RELEASE: RELEASE,
  });
  const { token } = await call<{ token: string }>(page, 'POST', '/api/v1/organization/tokens', {
    name: `builds of ${project.slug}`,
  });
  const uploader = join(packages, '@resentry', 'client', 'upload_sourcemap.mjs');
  await run(process.execPath, [uploader, '--delete-maps', 'dist'], shop, {
    SENTRY_URL: test.info().project.use.baseURL ?? '',
    SENTRY_PROJECT: project.slug,
    SENTRY_AUTH_TOKEN: token,
  });
  return join(shop, 'dist');
}
