import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { pipelineQuery } from '../../app/queries';
import { can, useSession } from '../../app/session';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { copyText } from '../../ui/Copy';
import { Facts } from '../../ui/Facts';
import { toast } from '../../ui/Toasts';
import { When } from '../../ui/When';
import { texts as common } from '../../texts/en';
import { Mail } from './Mail';
import { attempt } from './attempt';
import { readinessQuery } from './queries';
import { adminTexts } from './texts';

const { system: texts } = adminTexts;

/** What runs, and how it is. */
export function System() {
  const readiness = useQuery(readinessQuery);
  const pipeline = useQuery(pipelineQuery);
  const mayTry = can(useSession(), 'org:write');
  const processes = pipeline.data?.processes;
  const report = () =>
    JSON.stringify({ parts: readiness.data, processes, storage: pipeline.data?.storage }, null, 1);
  return (
    <>
      <Facts
        title={texts.parts}
        none={texts.none}
        heads={[{ name: texts.part }, { name: texts.state }, { name: texts.cause }]}
        rows={readiness.data && Object.entries(readiness.data.checks)}
        asked={readiness}
        rowKey={([name]) => name}
        cells={([name, check]) => [
          name,
          <Badge
            key="state"
            tone={check.status === 'ok' ? 'good' : check.status === 'degraded' ? 'warning' : 'error'}
          >
            {texts.words[check.status]}
          </Badge>,
          check.cause,
        ]}
      />
      <Facts
        title={texts.processes}
        none={texts.none}
        heads={[
          { name: texts.kind },
          { name: texts.state },
          { name: texts.host },
          { name: texts.version },
          { name: texts.seen },
        ]}
        rows={processes}
        asked={pipeline}
        rowKey={(process) => process.id}
        cells={(process) => [
          process.kind,
          <span key="state">
            <Badge
              tone={process.state === 'ok' ? 'good' : process.state === 'degraded' ? 'warning' : 'error'}
            >
              {process.state}
            </Badge>{' '}
            {process.cause}
          </span>,
          process.host ?? '–',
          <code key="version">{process.version ?? '–'}</code>,
          <When key="seen" at={process.last_seen_at} />,
        ]}
      />
      <div className="row-actions">
        <Button
          onClick={() =>
            void attempt(async () => {
              await copyText(report());
              toast(common.copied);
            })
          }
        >
          {texts.copy}
        </Button>
        <span className="meta">{texts.report}</span>
      </div>
      {mayTry && <Mail />}
      <Link to="/pipeline">{texts.pipeline}</Link>
    </>
  );
}
