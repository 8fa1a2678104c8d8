// What is built of the sources, by name: options for Vite, and what of it has to be small.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));

/** Where each of them runs: browsers of 2022 and newer. */
const TARGETS = ['chrome92', 'edge92', 'firefox90', 'safari15.4'];

/** What a page may have to load, in bytes after gzip. */
export const BUDGET = 5_000;

const copied = `// @resentry/client ${version} in one file, to be copied. Licence: Apache-2.0.
// Generated from packages/client by "npm run copy"; change it there.
`;

export const bundles = {
  'index.js': { entry: 'src/index.ts', format: 'es' },
  'react.js': { entry: 'src/react.ts', format: 'es', external: ['react', './index.js'] },
  'resentry.min.js': { entry: 'src/global.ts', format: 'iife', name: 'Resentry', minify: true },
  'resentry-client.js': { entry: 'src/single-file.ts', format: 'es', external: ['react'], banner: copied },
};

/** The code of a bundle; with `minify` as the bundler of a page would make it. */
export async function bundle(name, { minify = bundles[name].minify ?? false } = {}) {
  const { entry, format, external = [], name: global, banner } = bundles[name];
  const [{ output }] = [
    await build({
      root,
      configFile: false,
      logLevel: 'warn',
      plugins: [
        {
          name: 'left-as-it-is',
          enforce: 'pre',
          resolveId: (id) => (external.includes(id) ? { id, external: true } : null),
        },
      ],
      build: {
        write: false,
        target: TARGETS,
        minify: minify && 'oxc',
        modulePreload: { polyfill: false },
        rolldownOptions: {
          input: entry,
          preserveEntrySignatures: 'strict',
          output: { format, ...(global && { name: global }) },
        },
      },
    }),
  ].flat();
  return (banner ?? '') + output[0].code;
}

export const zipped = (code) => gzipSync(code, { level: 9 }).length;
