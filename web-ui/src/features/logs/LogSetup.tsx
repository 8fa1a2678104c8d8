import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { projectsQuery } from '../../app/queries';
import { projectsOf } from '../../app/search';
import { CodeLines } from '../../ui/CodeLines';
import { logTexts as texts } from './texts';

const route = getRouteApi('/shell/logs');

const SDKS = [
  {
    name: 'JavaScript, Node.js',
    language: 'javascript',
    code: `Sentry.init({ dsn: '…', enableLogs: true });
Sentry.logger.info('Cart opened', { items: 3 });`,
  },
  {
    name: 'Python',
    language: 'python',
    code: `sentry_sdk.init(dsn="…", enable_logs=True)
sentry_sdk.logger.info("Cart with {items} items", items=3)`,
  },
  {
    name: 'Java',
    language: 'java',
    code: `Sentry.init(options -> options.getLogs().setEnabled(true));
Sentry.logger().info("Cart with %d items", 3);`,
  },
] as const;

/** How logs are turned on, for who has none. */
export function LogSetup() {
  const search = route.useSearch();
  const { data: projects = [] } = useQuery(projectsQuery);
  const [slug] = projectsOf(search);
  const project = projects.find((one) => one.slug === slug) ?? projects[0];
  const otlp = `OTEL_EXPORTER_OTLP_LOGS_ENDPOINT=${window.location.origin}/api/${project?.id ?? '<project>'}/integration/otlp/v1/logs
OTEL_EXPORTER_OTLP_LOGS_HEADERS=x-sentry-auth=sentry sentry_key=<public key>
OTEL_EXPORTER_OTLP_LOGS_PROTOCOL=http/protobuf`;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reachable by keyboard
    <section className="log-setup" aria-label={texts.setup.title} tabIndex={0}>
      <h2>{texts.setup.title}</h2>
      <p>{texts.setup.words}</p>
      <h3>{texts.setup.sdk}</h3>
      {SDKS.map(({ name, language, code }) => (
        <div key={name} className="card log-setup-code">
          <h4>{name}</h4>
          <CodeLines lines={code.split('\n')} language={language} label={name} />
        </div>
      ))}
      <h3>{texts.setup.otlp}</h3>
      <p>{texts.setup.otlpWords}</p>
      <div className="card log-setup-code">
        <CodeLines lines={otlp.split('\n')} label={texts.setup.otlp} />
      </div>
    </section>
  );
}
