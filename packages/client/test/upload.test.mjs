// @vitest-environment node
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import vm from 'node:vm';
import { inflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { findPairs, inject, main } from '../upload_sourcemap.mjs';

const CHUNK = 64;
const IDS = '_sentryDebugIds';
const MAP = {
  version: 3,
  sources: ['src/pay.ts'],
  names: [],
  mappings: 'AAAA;AACA',
  sourcesContent: ['pay()'],
};
const sha1 = (bytes) => createHash('sha1').update(bytes).digest('hex');

let directory;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'upload-'));
  vi.spyOn(console, 'log').mockImplementation(() => {});
});
afterEach(() => rmSync(directory, { recursive: true }));

function write(name, content) {
  const path = join(directory, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const read = (name) => readFileSync(join(directory, name), 'utf8');

test('code says its debug id where clients look, and still does what it did', () => {
  const code =
    'globalThis.ran = (function () { return this })() === undefined;\n//# sourceMappingURL=a.js.map\n';
  const { id, code: injected, map } = inject(`"use strict";${code}`, JSON.stringify(MAP));
  const global = vm.createContext({});

  vm.runInContext(injected, global, { filename: 'https://shop.example/a.js' });

  expect(global.ran).toBe(true);
  expect(Object.values(global[IDS])).toEqual([id]);
  expect(Object.keys(global[IDS])[0]).toMatch(/https:\/\/shop\.example\/a\.js:1:\d+/);
  expect(injected.split('\n').slice(1)).toEqual([
    `"use strict";${code.split('\n')[0]}`,
    `//# debugId=${id}`,
    '//# sourceMappingURL=a.js.map',
    '',
  ]);
  expect(JSON.parse(map)).toEqual({ ...MAP, mappings: ';AAAA;AACA', debugId: id, debug_id: id });
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('what has an id keeps it, and the same files have the same one', () => {
  const once = inject('pay()', JSON.stringify(MAP));
  const twice = inject(once.code, once.map);

  expect(twice).toEqual(once);
  expect(inject('pay()', JSON.stringify(MAP)).id).toBe(once.id);
  expect(inject('pay(1)', JSON.stringify(MAP)).id).not.toBe(once.id);
});

test('what has an id only in a comment keeps it, and says it when it runs', () => {
  const [earlier, id] = ['11111111-1111-4111-8111-111111111111', 'ABCDEFAB-1111-4111-8111-111111111111'];
  // The name alone is in every client too.
  const code = `look('_sentryDebugIds')\n//# debugId=${earlier}\n//# debugId=${id}\n//# sourceMappingURL=a.js.map`;

  const once = inject(code, JSON.stringify(MAP));

  expect(once.id).toBe(id.toLowerCase());
  expect(once.code.split('\n').slice(1).join('\n')).toBe(code);
  expect(once.code.split('\n')[0]).toContain(`"${once.id}"`);
  expect(JSON.parse(once.map)).toEqual({
    ...MAP,
    mappings: ';AAAA;AACA',
    debugId: once.id,
    debug_id: once.id,
  });
  expect(inject(once.code, once.map)).toEqual(once);
});

test('a directive is found behind many comments, and its lack too', () => {
  const banners = '/*! a licence **/\n// and a line\n'.repeat(40);

  expect(inject(`${banners}"use strict";pay()`, JSON.stringify(MAP)).code).toMatch(/^"use strict";/);
  expect(inject(`${banners}pay()`, JSON.stringify(MAP)).code).toMatch(/^;\(function/);
  expect(inject(`${'/* * */'.repeat(40)}pay("use strict")`, JSON.stringify(MAP)).code).toMatch(
    /^;\(function/,
  );
});

test('a token with more than a token is refused without being told, and ends of lines are cut', async () => {
  write('a.js', 'a()');
  write('a.js.map', MAP);
  const { seen, url } = await serverOfArtifacts();
  const to = [directory, '--url', url, '--project', 'shop'];

  for (const token of ['sntrys_one\nsntrys_two', 'a token', 'tökén']) {
    const refusal = await main(to, { SENTRY_AUTH_TOKEN: token }).catch((fault) => fault);
    expect(refusal.message).toMatch(/^SENTRY_AUTH_TOKEN: has spaces/);
    expect(refusal.message).not.toContain(token.slice(0, 6));
  }
  await main(to, { SENTRY_AUTH_TOKEN: 'sntrys_one\n' });

  expect(new Set(seen.requests.map((request) => request.split(' ').at(-1)))).toEqual(new Set(['sntrys_one']));
});

test('maps in sections and code with a first line for the shell move by a line too', () => {
  const sections = { version: 3, sections: [{ offset: { line: 0, column: 0 }, map: MAP }] };
  expect(JSON.parse(inject('pay()', JSON.stringify(sections)).map).sections[0].offset.line).toBe(1);

  const shell = inject('#!/usr/bin/env node\npay()', JSON.stringify({ ...MAP, mappings: ';AAAA' }));
  expect(shell.code).toMatch(/^#!\/usr\/bin\/env node\n;\(function[^\n]+\npay\(\)\n/);
  expect(JSON.parse(shell.map).mappings).toBe(';;AAAA');
});

test('a map is found by the last comment, else by its name, and not outside', () => {
  const named = write('assets/a.js', 'a()\n//# sourceMappingURL=maps/other%20a.map\n');
  const map = write('assets/maps/other a.map', MAP);
  const beside = write('b.mjs', 'b()');
  const besideMap = write('b.mjs.map', MAP);
  write('none.js', 'c()\n//# sourceMappingURL=../../secret.map\n');
  write('node_modules/d.js', 'd()');
  write('node_modules/d.js.map', MAP);

  expect(findPairs(directory)).toEqual([
    { code: named, map },
    { code: beside, map: besideMap },
  ]);
});

/** A server that puts bundles together as the API says, and gives them out as their files. */
async function serverOfArtifacts(answer = () => ({})) {
  const seen = { requests: [], chunks: new Map(), assembled: undefined };
  const server = createServer((request, response) => void serve(request, response));
  const serve = async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    const bytes = Buffer.concat(parts);
    seen.requests.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    const refused = answer(request);
    let body = refused;
    if (refused.status === undefined && request.method === 'GET') {
      // Its address is another host's, as behind a proxy.
      body = { url: 'https://errors.invalid/api/0/organizations/acme/chunk-upload/', chunkSize: CHUNK };
    } else if (refused.status === undefined && request.url.endsWith('/chunk-upload/')) {
      const form = await new Response(bytes, { headers: request.headers }).formData();
      for (const file of form.getAll('file')) {
        const chunk = Buffer.from(await file.arrayBuffer());
        expect(sha1(chunk)).toBe(file.name);
        seen.chunks.set(file.name, chunk);
      }
    } else if (refused.status === undefined) {
      const wanted = JSON.parse(bytes);
      const missing = wanted.chunks.filter((chunk) => !seen.chunks.has(chunk));
      if (missing.length) body = { state: 'not_found', missingChunks: missing };
      else if (!seen.assembled) body = { state: 'created', missingChunks: [] };
      else body = { state: 'ok', missingChunks: [] };
      if (!missing.length) {
        const bundle = Buffer.concat(wanted.chunks.map((chunk) => seen.chunks.get(chunk)));
        expect(sha1(bundle)).toBe(wanted.checksum);
        seen.assembled = { ...wanted, files: unzip(bundle.subarray(8)) };
      }
    }
    response
      .writeHead(refused.status ?? 200, { 'Content-Type': 'application/json' })
      .end(JSON.stringify(body));
  };
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  servers.push(server);
  return { seen, url: `http://127.0.0.1:${server.address().port}` };
}

const servers = [];
afterEach(() => servers.splice(0).forEach((server) => server.close()));

/** The files of an archive, by its directory at the end. */
function unzip(bytes) {
  const end = bytes.length - 22;
  expect(bytes.toString('latin1', end, end + 4)).toBe('PK\x05\x06');
  const files = {};
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const [packed, size, label] = [
      bytes.readUInt32LE(at + 20),
      bytes.readUInt32LE(at + 24),
      bytes.readUInt16LE(at + 28),
    ];
    const local = bytes.readUInt32LE(at + 42);
    const name = bytes.toString('utf8', at + 46, at + 46 + label);
    const start = local + 30 + bytes.readUInt16LE(local + 26);
    const content = inflateRawSync(bytes.subarray(start, start + packed));
    expect(content).toHaveLength(size);
    files[name] = content.toString();
    at += 46 + label;
  }
  return files;
}

test('files are uploaded in parts that the server does not have, and the maps deleted', async () => {
  write('assets/a.js', 'a()\n//# sourceMappingURL=a.js.map\n');
  write('assets/a.js.map', MAP);
  write('index.html', 'no code');
  const { seen, url } = await serverOfArtifacts();
  const payload = Buffer.from(JSON.stringify({ url, org: 'acme' })).toString('base64');

  await main(
    [directory, '--project', 'shop', '--release', 'shop@1.4.0', '--url-prefix', '~/static', '--delete-maps'],
    { SENTRY_AUTH_TOKEN: `sntrys_${payload}_secret` },
  );

  expect(seen.assembled).toMatchObject({ projects: ['shop'], version: 'shop@1.4.0' });
  const { 'manifest.json': manifest, ...files } = seen.assembled.files;
  const [, id] = /debugId=(\S+)/.exec(read('assets/a.js'));
  expect(JSON.parse(manifest)).toEqual({
    org: 'acme',
    project: 'shop',
    release: 'shop@1.4.0',
    files: {
      '_/_/0/assets/a.js': {
        type: 'minified_source',
        url: '~/static/assets/a.js',
        headers: { 'debug-id': id, sourcemap: 'a.js.map' },
      },
      '_/_/0/assets/a.js.map': {
        type: 'source_map',
        url: '~/static/assets/a.js.map',
        headers: { 'debug-id': id },
      },
    },
  });
  expect(files['_/_/0/assets/a.js']).toBe(read('assets/a.js'));
  expect(JSON.parse(files['_/_/0/assets/a.js.map']).debug_id).toBe(id);
  expect(readdirSync(join(directory, 'assets'))).toEqual(['a.js']);
  expect(seen.requests.every((request) => request.endsWith('_secret'))).toBe(true);
});

test('only the ids are written where that is asked for', async () => {
  write('a.js', 'a()');
  write('a.js.map', MAP);

  await main([directory, '--inject-only'], {});

  expect(read('a.js')).toContain('_sentryDebugIds');
  expect(JSON.parse(read('a.js.map')).mappings).toBe(';AAAA;AACA');
});

test('what cannot be done is said in words, all at once', async () => {
  const token = { SENTRY_AUTH_TOKEN: 'a-token', SENTRY_PROJECT: 'shop' };
  write('a.js', 'a()');

  await expect(main([], token)).rejects.toThrow('usage: resentry-upload-sourcemap');
  await expect(main(['--wrong', directory], token)).rejects.toThrow("Unknown option '--wrong'");
  await expect(main([directory, '--dist', '7', '--timeout', 'long'], {})).rejects.toThrow(
    /SENTRY_AUTH_TOKEN: not set .*\n--url: not given .*\n--project: not given .*\n--dist: given .*\n--timeout: 'long'/,
  );
  await expect(main([join(directory, 'none'), '--inject-only'], {})).rejects.toThrow("none' is no directory");
  await expect(main([directory, '--inject-only'], {})).rejects.toThrow('has a source map');
  write('a.js.map', '{"version": 2}');
  await expect(main([directory, '--inject-only'], {})).rejects.toThrow('a.js.map: version 2 (expected: 3)');
  write('a.js.map', MAP);
  await expect(main([directory, '--url', 'http://127.0.0.1:1'], token)).rejects.toThrow('cannot be reached');
  const { url } = await serverOfArtifacts(() => ({ status: 403, detail: 'Your token may not' }));
  await expect(main([directory, '--url', url], token)).rejects.toThrow(/403 Your token may not/);
});
