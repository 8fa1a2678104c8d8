import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    environment: 'happy-dom',
    include: ['test/**/*.test.{ts,mjs}'],
    exclude: ['**/node_modules/**'],
    restoreMocks: true,
    unstubGlobals: true,
    pool: 'threads',
  },
});
