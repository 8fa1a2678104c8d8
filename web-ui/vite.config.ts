import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const server = process.env.RESENTRY_URL ?? 'http://127.0.0.1:9000';
const proxied = ['/api', '/events', '/issues', '/projects', '/health', '/docs', '/redoc', '/openapi'];

export default defineConfig({
  base: '/ui/',
  plugins: [react()],
  build: {
    outDir: 'target/classes/static/ui',
    emptyOutDir: true,
    target: 'es2022',
    manifest: 'manifest.json',
    // The Content-Security-Policy allows no data: addresses and no inline script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // npm run size has the budgets.
    chunkSizeWarningLimit: 1_000,
    // All that the first view needs in one file: a page of many small ones waits for each that another one names.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } } },
  },
  server: {
    port: 5173,
    proxy: Object.fromEntries(proxied.map((path) => [path, { target: server, changeOrigin: false }])),
  },
  test: {
    environment: 'happy-dom',
    setupFiles: ['test/setup.ts'],
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}'],
    restoreMocks: true,
    // One window for all files takes a sixth of the time; test/setup.ts empties it after each test.
    pool: 'threads',
    isolate: false,
  },
});
