import { defineConfig } from 'vite';

export default defineConfig({
  base: './',
  // Linked packages bring no React of their own.
  resolve: { dedupe: ['react', 'react-dom'] },
  // "hidden": the maps are made, and no comment in the code tells browsers of them. "npm run upload" takes them away.
  build: { sourcemap: 'hidden' },
});
