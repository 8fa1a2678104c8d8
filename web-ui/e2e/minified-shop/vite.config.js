import { sentryVitePlugin } from '@sentry/vite-plugin';
import { options } from './plugin.js';

export default {
  base: './',
  build: { sourcemap: 'hidden', modulePreload: false },
  plugins: [sentryVitePlugin(options)],
};
