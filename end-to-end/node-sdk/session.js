// Does its work, and as it is told, meets an error that it reports, or one that it does not expect and ends by.
const Sentry = require('@sentry/node');

const [dsn, end] = process.argv.slice(2);
Sentry.init({ dsn, release: 'node-shop@1.0.0', environment: 'staging', tracesSampleRate: 0 });

if (end === 'errored') {
  Sentry.captureException(new RangeError('reported'));
}
setTimeout(() => {
  if (end === 'crashed') {
    throw new TypeError('not expected');
  }
}, 10);
