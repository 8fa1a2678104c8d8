// What a build needs beside the bundle: files compressed once, and the licences of what was bundled.
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const root = 'target/classes/static/ui';
const WORTH_COMPRESSING = /\.(js|css|html|svg|json)$/;

function files(directory) {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    return entry.isDirectory() ? files(path) : [path];
  });
}

// Fonts for browsers without WOFF2, of which none runs the rest.
const woff = files(root).filter((path) => path.endsWith('.woff'));
woff.forEach((path) => rmSync(path));

for (const path of files(root).filter((path) => WORTH_COMPRESSING.test(path) && statSync(path).size > 512)) {
  const bytes = readFileSync(path);
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params }));
}

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const notices = Object.entries(lock.packages)
  .filter(
    ([path, entry]) =>
      path.startsWith('node_modules/') && !entry.dev && !entry.devOptional && existsSync(path),
  )
  .map(([path, entry]) => {
    const text = readdirSync(path).find((name) => /^(licen[cs]e|notice)/i.test(name));
    const name = path.replace(/^.*node_modules\//, '');
    const licence = text
      ? readFileSync(join(path, text), 'utf8').trim()
      : `Licence: ${entry.license ?? 'see the package'}`;
    return `${name} ${entry.version}\n${'-'.repeat(name.length)}\n${licence}\n`;
  });
mkdirSync('target/classes/META-INF', { recursive: true });
writeFileSync('target/classes/META-INF/web-ui-third-party.txt', notices.join('\n\n'));
