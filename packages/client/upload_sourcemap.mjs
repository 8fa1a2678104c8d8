#!/usr/bin/env node
// Makes errors of minified code readable: writes a debug id into each built file and its source map, and uploads both to Resentry,
// or to another server that takes bundles of artifacts. Needs Node 20 and nothing else.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { deflateRawSync } from 'node:zlib';

const USAGE = `usage: resentry-upload-sourcemap [options] DIRECTORY…

Writes debug ids into the .js, .mjs and .cjs files below the directories that have a source map, and into the maps, and uploads them.

  --url URL          where Resentry is (SENTRY_URL; a token of the organization says it itself)
  --org SLUG         the organization (SENTRY_ORG, or the token's, or else "default")
  --project SLUG     the project (SENTRY_PROJECT)
  --release NAME     the release, if files are to be found by it too (SENTRY_RELEASE)
  --dist NAME        the dist of the release
  --url-prefix URL   where the directory is on the web; "~/" if left out, for any host
  --inject-only      write the ids, upload nothing
  --delete-maps      delete the maps once they are uploaded, so that nobody is served one
  --timeout SECONDS  how long the server may take to put the upload together; 300 if left out

The token comes from SENTRY_AUTH_TOKEN only: what is on a command line is seen by others.`;

/** What somebody can do something about; told without a stack. */
class Refusal extends Error {}

const CODE = /\.[cm]?js$/;
const MAP_COMMENT = /^\/\/[#@] sourceMappingURL=(\S+)\s*$/gm;
// A comment ends in one place only; else many of them would be tried in all ways.
const STRICT = /^(?:\s|\/\/[^\n]*\n|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/)*(['"])use strict\1/;
const ID_COMMENT = /^\/\/# debugId=([0-9a-fA-F-]{36})\s*$/gm;

function filesBelow(directory) {
  return readdirSync(directory, { withFileTypes: true })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesBelow(path);
      return [path];
    });
}

/** The built files of a directory that have a source map, by its last comment or its name. */
export function findPairs(directory) {
  if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Refusal(`'${directory}' is no directory`);
  }
  const files = filesBelow(directory);
  const known = new Map(files.map((file) => [resolve(file), file]));
  const pairs = [];
  for (const path of files.filter((file) => CODE.test(file))) {
    const named = [...readFileSync(path, 'utf8').matchAll(MAP_COMMENT)].at(-1)?.[1];
    if (named?.startsWith('data:')) {
      console.warn(`${path}: its source map is inside of it; build with maps in files of their own`);
      continue;
    }
    const beside = known.get(resolve(`${path}.map`));
    const map = named && known.get(resolve(dirname(path), decodeURI(named.split('?')[0])));
    if (map ?? beside) pairs.push({ code: path, map: map ?? beside });
  }
  return pairs;
}

/** The same files always have the same id, so that a build that is made again is known again. */
function debugIdOf(code, map) {
  const hash = createHash('sha256').update(code).update('\0').update(map).digest('hex').split('');
  hash[12] = '5';
  hash[16] = ((parseInt(hash[16], 16) & 3) | 8).toString(16);
  const hex = hash.join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}

/** Notes the id by a stack that names the file it runs in; clients look there which id a file has. */
const noteOf = (id) =>
  `;(function(){try{var g=typeof globalThis!="undefined"?globalThis:self,s=new Error().stack;` +
  `s&&((g._sentryDebugIds=g._sentryDebugIds||{})[s]="${id}")}catch(e){}})();`;

/** Whether code says its id itself when it runs; bundlers may write nothing but the comment. */
const isNoted = (code, id) =>
  code.includes('_sentryDebugIds') && new RegExp(`["'\`]${id}["'\`]`, 'i').test(code);

/**
 * Code and map with an id: one more line at the front of the code, so all that the map knows moves down by one. What has an id keeps it.
 */
export function inject(code, mapText, path = 'the map') {
  let map;
  try {
    map = JSON.parse(mapText.replace(/^\)\]\}'[^\n]*\n/, ''));
  } catch (fault) {
    throw new Refusal(`${path}: no source map: ${fault.message}`);
  }
  if (map?.version !== 3) throw new Refusal(`${path}: version ${map?.version} (expected: 3)`);
  const before = [...code.matchAll(ID_COMMENT)].at(-1)?.[1];
  const id = before?.toLowerCase() ?? debugIdOf(code, mapText);
  if (!before || !isNoted(code, before)) {
    const hasShebang = code.startsWith('#!');
    const at = hasShebang ? code.indexOf('\n') + 1 : 0;
    // A directive counts only in front of everything else, so it is said once more there.
    const directive = STRICT.test(code.slice(at)) ? '"use strict"' : '';
    code = `${code.slice(0, at)}${directive}${noteOf(id)}\n${code.slice(at)}`;
    if (!before) {
      const comment = [...code.matchAll(MAP_COMMENT)].at(-1);
      const end = comment ? comment.index : code.length;
      const head = code.slice(0, end);
      code = `${head}${head.endsWith('\n') ? '' : '\n'}//# debugId=${id}\n${code.slice(end)}`;
    }
    if (map.sections) {
      for (const { offset } of map.sections) if (offset.line > 0 || !hasShebang) offset.line++;
    } else if (hasShebang) {
      map.mappings = map.mappings.replace(';', ';;');
    } else {
      map.mappings = `;${map.mappings}`;
    }
  }
  // The one name is of the standard, the other what older tools read.
  return { id, code, map: JSON.stringify({ ...map, debugId: id, debug_id: id }) };
}

const CRC = Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) crc = (crc >>> 8) ^ CRC[(crc ^ byte) & 255];
  return ~crc >>> 0;
}

/** A zip archive without times, so that the same files are the same bytes. */
export function zip(entries) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const [name, content] of entries) {
    const label = Buffer.from(name);
    const packed = deflateRawSync(content);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0); // version
    facts.writeUInt16LE(0x800, 2); // names are UTF-8
    facts.writeUInt16LE(8, 4); // deflate
    facts.writeUInt16LE(0x21, 8); // 1980-01-01, the first day that there is
    facts.writeUInt32LE(crc32(content), 10);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt32LE(content.length, 18);
    facts.writeUInt16LE(label.length, 22);
    parts.push(Buffer.from('PK\x03\x04'), facts, label, packed);
    const where = Buffer.alloc(14);
    where.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00'), facts, where, label);
    offset += 30 + label.length + packed.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end]);
}

/** All files with what is said of them. */
function bundleOf(files, { org, project, release, dist }) {
  const manifest = { org, project, ...(release && { release }), ...(dist && { dist }), files: {} };
  const entries = files.map(({ path, url, type, headers, content }) => {
    manifest.files[path] = { type, url, headers };
    return [path, Buffer.from(content)];
  });
  return Buffer.concat([
    Buffer.from('SYSB\x02\0\0\0', 'latin1'),
    zip([['manifest.json', Buffer.from(JSON.stringify(manifest))], ...entries]),
  ]);
}

const sha1 = (bytes) => createHash('sha1').update(bytes).digest('hex');

/** What a token of the organization says of where it is for. */
function addressIn(token) {
  const payload = /^sntrys_([^_]+)_/.exec(token)?.[1];
  try {
    return payload ? JSON.parse(Buffer.from(payload, 'base64').toString()) : {};
  } catch {
    return {};
  }
}

async function ask(to, path, init = {}) {
  const url = new URL(path, to.url);
  let answer;
  try {
    answer = await fetch(url, { ...init, headers: { Authorization: `Bearer ${to.token}`, ...init.headers } });
  } catch (fault) {
    throw new Refusal(`${url.origin} cannot be reached: ${fault.cause?.message ?? fault.message}`);
  }
  const text = await answer.text();
  let body = {};
  try {
    body = text ? JSON.parse(text) : {};
  } catch {
    // Said below by its status, or by what is missing in it.
  }
  if (!answer.ok) {
    throw new Refusal(
      `${init.method ?? 'GET'} ${url}: ${answer.status} ${body.detail ?? text.slice(0, 200)}`,
    );
  }
  return body;
}

/** Uploads a bundle in parts, only those that are not there, and waits until it was put together. */
async function upload(to, bundle) {
  const organization = `/api/0/organizations/${encodeURIComponent(to.org)}`;
  const how = await ask(to, `${organization}/chunk-upload/`);
  const size = how.chunkSize;
  if (!size) throw new Refusal(`${to.url} does not say how it takes uploads`);
  const chunks = new Map();
  const checksums = [];
  for (let at = 0; at < bundle.length; at += size) {
    const chunk = bundle.subarray(at, at + size);
    checksums.push(sha1(chunk));
    chunks.set(checksums.at(-1), chunk);
  }
  const request = JSON.stringify({
    checksum: sha1(bundle),
    chunks: checksums,
    projects: [to.project],
    ...(to.release && { version: to.release }),
    ...(to.dist && { dist: to.dist }),
  });
  const end = Date.now() + to.timeout * 1_000;
  for (let wait = 100; ; wait = Math.min(2 * wait, 2_000)) {
    const {
      state,
      missingChunks = [],
      detail,
    } = await ask(to, `${organization}/artifactbundle/assemble/`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: request,
    });
    if (state === 'ok') return;
    if (state === 'error') throw new Refusal(`the server refused the upload: ${detail}`);
    if (Date.now() > end) throw new Refusal(`after ${to.timeout} s the upload is still '${state}'`);
    for (const missing of missingChunks) {
      if (!chunks.has(missing))
        throw new Refusal(`the server asks for a part '${missing}' that there is none of`);
      const form = new FormData();
      form.append('file', new Blob([chunks.get(missing)]), missing);
      await ask(to, new URL(how.url, to.url).pathname, { method: 'POST', body: form });
    }
    if (!missingChunks.length) await new Promise((done) => setTimeout(done, wait));
  }
}

const TEXTS = ['url', 'org', 'project', 'release', 'dist', 'url-prefix', 'timeout'];
const FLAGS = ['inject-only', 'delete-maps', 'help'];

function read(args) {
  const options = Object.fromEntries([
    ...TEXTS.map((name) => [name, { type: 'string' }]),
    ...FLAGS.map((name) => [name, { type: 'boolean' }]),
  ]);
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  return { values: { 'url-prefix': '~/', timeout: '300', ...values }, directories: positionals };
}

/** Where to, and by what right; complains about all that is missing at once. */
function destination(values, environment) {
  const token = (environment.SENTRY_AUTH_TOKEN ?? '').trim();
  const said = addressIn(token);
  const to = {
    token,
    url: values.url ?? environment.SENTRY_URL ?? said.url,
    org: values.org ?? environment.SENTRY_ORG ?? said.org ?? 'default',
    project: values.project ?? environment.SENTRY_PROJECT,
    release: values.release ?? environment.SENTRY_RELEASE,
    dist: values.dist,
    timeout: Number(values.timeout),
  };
  const missing = [
    !token && 'SENTRY_AUTH_TOKEN: not set (expected: a token, see "Tokens for builds")',
    // Not quoted, as logs of builds are read by many.
    /[^\x21-\x7e]/.test(token) &&
      'SENTRY_AUTH_TOKEN: has spaces, line breaks or letters that no token has (expected: one token)',
    !to.url && '--url: not given (expected: the address of Resentry, or SENTRY_URL)',
    to.url && !URL.canParse(to.url) && `--url: '${to.url}' (expected: http://… or https://…)`,
    !to.project && '--project: not given (expected: the slug of a project, or SENTRY_PROJECT)',
    to.dist && !to.release && '--dist: given without a release (expected: --release too)',
    !(to.timeout > 0) && `--timeout: '${values.timeout}' (expected: seconds)`,
  ].filter(Boolean);
  if (missing.length) throw new Refusal(missing.join('\n'));
  return to;
}

export async function main(args, environment = process.env) {
  let options;
  try {
    options = read(args);
  } catch (fault) {
    throw new Refusal(`${fault.message}\n\n${USAGE}`);
  }
  const { values, directories } = options;
  if (values.help) return console.log(USAGE);
  if (!directories.length) throw new Refusal(USAGE);
  const to = values['inject-only'] ? undefined : destination(values, environment);
  const prefix = values['url-prefix'].replace(/\/*$/, '/');
  const files = [];
  const maps = [];
  for (const directory of directories) {
    for (const pair of findPairs(directory)) {
      const made = inject(readFileSync(pair.code, 'utf8'), readFileSync(pair.map, 'utf8'), pair.map);
      writeFileSync(pair.code, made.code);
      writeFileSync(pair.map, made.map);
      maps.push(pair.map);
      console.log(`${made.id}  ${pair.code}`);
      const named = (file) => relative(directory, file).split(sep).join('/');
      const headers = { 'debug-id': made.id };
      files.push(
        {
          path: `_/_/${files.length}/${named(pair.code)}`,
          url: prefix + named(pair.code),
          type: 'minified_source',
          headers: { ...headers, sourcemap: relative(dirname(pair.code), pair.map).split(sep).join('/') },
          content: made.code,
        },
        {
          path: `_/_/${files.length}/${named(pair.map)}`,
          url: prefix + named(pair.map),
          type: 'source_map',
          headers,
          content: made.map,
        },
      );
    }
  }
  if (!files.length) throw new Refusal(`no file below ${directories.join(', ')} has a source map`);
  if (!to) return;
  await upload(to, bundleOf(files, to));
  console.log(`${maps.length} files and their maps are uploaded to ${to.project} at ${to.url}`);
  if (values['delete-maps']) maps.forEach((map) => rmSync(map));
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  main(process.argv.slice(2)).catch((fault) => {
    console.error(fault instanceof Refusal ? fault.message : fault);
    process.exitCode = 1;
  });
}
