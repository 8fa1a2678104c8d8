import { copyFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sentryWebpackPlugin } from '@sentry/webpack-plugin';
import webpack from 'webpack';
import { options } from './plugin.js';

/** Builds the page into a directory; webpack's own command would be one more package. */
const HERE = dirname(fileURLToPath(import.meta.url));
const [directory] = process.argv.slice(2);

const config = {
  context: HERE,
  mode: 'production',
  entry: './shop.js',
  output: { path: directory, filename: 'shop.js' },
  devtool: 'hidden-source-map',
  plugins: [sentryWebpackPlugin(options)],
};

webpack(config, (fault, stats) => {
  if (fault) throw fault;
  console.log(stats.toString({ preset: 'errors-warnings' }));
  if (stats.hasErrors()) process.exitCode = 1;
  copyFileSync(join(HERE, 'index.html'), join(directory, 'index.html'));
});
