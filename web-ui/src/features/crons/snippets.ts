export interface Snippet {
  id: string;
  name: string;
  language: string;
  code: (dsn: string, monitor: string) => string;
}

/** A word as a shell takes it, whatever is in it. */
const shell = (text: string) => (/^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/** The address for check-ins by curl: that of the DSN, with its key behind the slug. */
function address(dsn: string, monitor: string): string {
  const url = new URL(dsn);
  const slug = encodeURIComponent(monitor).replaceAll("'", '%27');
  return `${url.protocol}//${url.host}/api${url.pathname}/cron/${slug}/${url.username}/`;
}

/** How a job checks in, by what it is written in. */
export const SNIPPETS: readonly Snippet[] = [
  {
    id: 'curl',
    name: 'curl',
    language: 'bash',
    code: (dsn, monitor) => `URL='${address(dsn, monitor)}'
curl "$URL?status=in_progress"
# the job itself
./run-the-job && curl "$URL?status=ok" || curl "$URL?status=error"`,
  },
  {
    id: 'cli',
    name: 'sentry-cli',
    language: 'bash',
    code: (dsn, monitor) => `export SENTRY_DSN='${dsn}'
sentry-cli monitors run --schedule '0 4 * * *' --check-in-margin 5 --max-runtime 30 ${shell(monitor)} -- ./run-the-job`,
  },
  {
    id: 'node',
    name: 'Node.js',
    language: 'javascript',
    code: (dsn, monitor) => `import * as Sentry from '@sentry/node';

Sentry.init({ dsn: '${dsn}' });
await Sentry.withMonitor(${JSON.stringify(monitor)}, () => runTheJob(), {
  schedule: { type: 'crontab', value: '0 4 * * *' },
  checkinMargin: 5,
  maxRuntime: 30,
  timezone: 'Europe/Berlin',
});`,
  },
  {
    id: 'python',
    name: 'Python',
    language: 'python',
    code: (dsn, monitor) => `import sentry_sdk
from sentry_sdk.crons import monitor

sentry_sdk.init("${dsn}")

@monitor(monitor_slug=${JSON.stringify(monitor)}, monitor_config={
    "schedule": {"type": "crontab", "value": "0 4 * * *"},
    "checkin_margin": 5,
    "max_runtime": 30,
})
def job():
    ...`,
  },
  {
    id: 'java',
    name: 'Java',
    language: 'java',
    code: (dsn, monitor) => `Sentry.init("${dsn}");

var config = new MonitorConfig(MonitorSchedule.crontab("0 4 * * *"));
config.setCheckinMargin(5L);
config.setMaxRuntime(30L);
CheckInUtils.withCheckIn(${JSON.stringify(monitor)}, config, () -> runTheJob());`,
  },
];
