// Fails when the first view, or a chunk that is loaded later, is heavier than its budget. Sizes are gzip kB of 1,000 bytes.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const root = 'target/classes/static/ui';
const BUDGET = { js: 220, css: 12, fonts: 65, chunk: 45 };
const manifest = JSON.parse(readFileSync(`${root}/manifest.json`, 'utf8'));
const kilobytes = (file) => gzipSync(readFileSync(`${root}/${file}`), { level: 9 }).length / 1000;

const first = new Set();
const css = new Set();
function collect(key) {
  if (first.has(key)) return;
  first.add(key);
  const entry = manifest[key];
  entry.css?.forEach((file) => css.add(file));
  entry.imports?.forEach(collect);
}
collect('index.html');

const sum = (files) => [...files].reduce((total, file) => total + kilobytes(file), 0);
// The fonts that a page in English asks for: the Latin subsets.
const fonts = Object.values(manifest)
  .map((entry) => entry.file)
  .filter((file) => /-latin-(wght-normal|400-normal)-[^/]+\.woff2$/.test(file));
const lazy = Object.entries(manifest).filter(([key, entry]) => !first.has(key) && entry.file.endsWith('.js'));

const found = [
  ['JavaScript of the first view', sum([...first].map((key) => manifest[key].file)), BUDGET.js],
  ['CSS of the first view', sum(css), BUDGET.css],
  ['fonts', sum(fonts), BUDGET.fonts],
  ...lazy.map(([, entry]) => [entry.file, kilobytes(entry.file), BUDGET.chunk]),
];
let over = false;
for (const [what, size, budget] of found) {
  const fits = size <= budget;
  over ||= !fits;
  console.log(
    `${fits ? '  ' : '! '}${size.toFixed(1).padStart(7)} of ${String(budget).padStart(3)} kB  ${what}`,
  );
}
if (over) process.exit(1);
