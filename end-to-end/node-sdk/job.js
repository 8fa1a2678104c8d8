// A job that checks in by an unmodified SDK: it goes well, and then fails.
const Sentry = require('@sentry/node');

Sentry.init({ dsn: process.argv[2], release: 'node-shop@1.0.0', environment: 'staging' });

const monitor = {
  schedule: { type: 'crontab', value: '*/10 * * * *' },
  checkinMargin: 2,
  maxRuntime: 15,
  timezone: 'Europe/Berlin',
};

const run = async () => {
  await Sentry.withMonitor('node-job', () => 'done', monitor);
  try {
    await Sentry.withMonitor(
      'node-job',
      () => {
        throw new Error('the job fails');
      },
      monitor,
    );
  } catch (e) {
    console.log(e.message);
  }
  await Sentry.close(10_000);
};

void run();
