// Builds the shop of this folder with five bundlers and writes, beside the tests' other files, each bundle's map and what
// npm's `source-map` answers at places of it. Run `npm ci && npm run make` after a change, and look at what it changes.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as esbuild } from 'esbuild';
import { rollup } from 'rollup';
import terserPlugin from '@rollup/plugin-terser';
import { SourceMapConsumer } from 'source-map';
import { minify } from 'terser';
import { build as vite } from 'vite';
import webpack from 'webpack';

const here = path.dirname(fileURLToPath(import.meta.url));
const target = path.join(here, '../resources/sourcemap');
const entry = path.join(here, 'shop/main.js');
const PLACES = 150;

const built = {
  async vite(out) {
    await vite({
      root: here,
      configFile: false,
      logLevel: 'error',
      build: { outDir: out, sourcemap: true, minify: true, lib: { entry, formats: ['es'], fileName: 'bundle' } },
    });
    return [path.join(out, 'bundle.js'), path.join(out, 'bundle.js.map')];
  },
  async webpack(out) {
    const config = {
      context: here,
      mode: 'production',
      devtool: 'source-map',
      entry,
      output: { path: out, filename: 'bundle.js' },
    };
    await new Promise((resolve, reject) => {
      webpack(config, (error, stats) => {
        if (error || stats.hasErrors()) {
          reject(error ?? new Error(stats.toString()));
        } else {
          resolve();
        }
      });
    });
    return [path.join(out, 'bundle.js'), path.join(out, 'bundle.js.map')];
  },
  async esbuild(out) {
    const outfile = path.join(out, 'bundle.js');
    await esbuild({
      entryPoints: [entry],
      absWorkingDir: here,
      bundle: true,
      minify: true,
      target: 'es2020',
      sourcemap: 'external',
      sourceRoot: 'https://shop.example/src/',
      sourcesContent: false,
      outfile,
    });
    return [outfile, `${outfile}.map`];
  },
  async rollup(out) {
    const bundle = await rollup({ input: entry });
    const file = path.join(out, 'bundle.js');
    await bundle.write({ file, format: 'iife', name: 'shop', sourcemap: true, plugins: [terserPlugin()] });
    return [file, `${file}.map`];
  },
  async terser(out) {
    const files = {};
    for (const name of ['lib/format.js', 'prices.js', 'cart.js']) {
      const text = await readFile(path.join(here, 'shop', name), 'utf8');
      // One script, so without the words of modules.
      files[`shop/${name}`] = text.replace(/^import .*$/gm, '').replace(/^export (default )?/gm, '');
    }
    const result = await minify(files, {
      sourceMap: { filename: 'bundle.js', url: 'bundle.js.map', includeSources: true },
      format: { max_line_len: 400 },
    });
    await writeFile(path.join(out, 'bundle.js'), result.code);
    await writeFile(path.join(out, 'bundle.js.map'), result.map);
    return [path.join(out, 'bundle.js'), path.join(out, 'bundle.js.map')];
  },
};

/**
 * Where mappings begin, and places between them and behind the ends of lines, spread over the whole bundle. Without those for which
 * several mappings hold: there the library answers with the one that its search happens to meet.
 */
function places(code, consumer) {
  const starts = code.split('\n').map(() => []);
  consumer.eachMapping((mapping) => starts[mapping.generatedLine - 1].push(mapping.generatedColumn));
  const all = [];
  starts.forEach((columns, line) => {
    const length = code.split('\n')[line].length;
    const spread = Array.from({ length: Math.ceil((length + 2) / 7) }, (_, i) => i * 7);
    for (const column of [...columns, ...spread]) {
      const start = Math.max(...columns.filter((one) => one <= column));
      if (columns.filter((one) => one === start).length < 2) {
        all.push([line, column]);
      }
    }
  });
  const step = Math.max(1, all.length / PLACES);
  const chosen = [];
  for (let i = 0; i < all.length; i += step) {
    chosen.push(all[Math.floor(i)]);
  }
  return chosen;
}

/** [line, column, source or -1, original line, original column, name or ""], all counted from 0. */
function answers(code, consumer) {
  return places(code, consumer).map(([line, column]) => {
    const found = consumer.originalPositionFor({ line: line + 1, column });
    return found.source === null
      ? [line, column, -1, 0, 0, '']
      : [line, column, consumer.sources.indexOf(found.source), found.line - 1, found.column, found.name ?? ''];
  });
}

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
for (const [bundler, build] of Object.entries(built)) {
  const out = await mkdtemp(path.join(tmpdir(), 'bundle-'));
  const [codeFile, mapFile] = await build(out);
  const code = await readFile(codeFile, 'utf8');
  const map = JSON.parse(await readFile(mapFile, 'utf8'));
  // Paths from the folder of the build say nothing and differ from run to run.
  map.sources = map.sources.map((source) => (source.includes('://') ? source : source.replace(/^.*?shop\//, 'shop/')));
  const text = JSON.stringify(map);
  const lines = await SourceMapConsumer.with(map, null, (consumer) =>
    answers(code, consumer).map((answer) => JSON.stringify(answer)).join(',\n'),
  );
  await writeFile(path.join(target, `${bundler}.js`), code);
  await writeFile(path.join(target, `${bundler}.js.map`), text);
  await writeFile(path.join(target, `${bundler}.positions.json`), `[\n${lines}\n]\n`);
  await rm(out, { recursive: true });
  console.log(bundler, map.sources, text.length);
}
