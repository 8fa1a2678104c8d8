import { readFileSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const HERE = dirname(fileURLToPath(import.meta.url));
const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' };

interface Site {
  url: string;
  close: () => void;
}

/** A web page of somebody else, on an origin of its own, with the official browser SDK in it. */
export async function openShop(): Promise<Site> {
  const outDir = join(HERE, 'results', 'shop');
  await build({
    root: join(HERE, 'sdk-page'),
    configFile: false,
    logLevel: 'error',
    build: { outDir, emptyOutDir: true, modulePreload: false },
  });
  return serve(outDir);
}

/** The files of a directory, on an origin of their own. */
export async function serve(directory: string): Promise<Site> {
  const server: Server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://shop').pathname);
    try {
      const file = join(directory, path === '/' ? 'index.html' : path);
      const bytes = readFileSync(file);
      response
        .writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream' })
        .end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}
