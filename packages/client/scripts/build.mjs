// Writes dist, says how much a page has to load, and fails if it is too much.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { BUDGET, bundle, bundles, zipped } from './bundles.mjs';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const copy = fileURLToPath(
  new URL('../../../examples/react/single-file/resentry-client.js', import.meta.url),
);

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
for (const name of Object.keys(bundles)) {
  const code = await bundle(name);
  writeFileSync(dist + name, code);
  if (process.argv.includes('--copy') && name === 'resentry-client.js') writeFileSync(copy, code);
}

const sizes = {
  'the script for pages without a bundler': zipped(await bundle('resentry.min.js')),
  'the module with the error boundary': zipped(await bundle('resentry-client.js', { minify: true })),
};
for (const [what, size] of Object.entries(sizes)) {
  console.log(`client: ${size} of ${BUDGET} bytes after gzip: ${what}`);
  if (size > BUDGET) process.exitCode = 1;
}
