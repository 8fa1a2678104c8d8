import { useQuery } from '@tanstack/react-query';
import { Link, getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, value } from '../../api/client';
import type { Job } from '../../api/model';
import { projectsQuery } from '../../app/queries';
import { can, useSession } from '../../app/session';
import { useTitle } from '../../app/useTitle';
import { Button } from '../../ui/Button';
import { Count } from '../../ui/Count';
import { SdkText } from '../../ui/SdkText';
import { Fault, Skeleton } from '../../ui/State';
import { toast } from '../../ui/Toasts';
import { exactNumber, span } from '../../ui/format';
import { Facts } from '../../ui/Facts';
import { JobControls, JobProgress } from '../../app/JobProgress';
import { PipelineTabs } from './PipelineTabs';
import { rangeWords } from './ReplaysPage';
import './pipeline.css';
import { replayQuery } from './queries';
import { type ReplayReport, reportOf, requestOf } from './replay';
import { pipelineTexts } from './texts';

const route = getRouteApi('/shell/replays/$id');
const { replays: texts } = pipelineTexts;

function Asked({ job }: { job: Job }) {
  const { data: projects = [] } = useQuery(projectsQuery);
  const request = requestOf(job);
  const names = request.projects.map(
    (id) => projects.find((project) => project.id === id)?.name ?? String(id),
  );
  const { progress } = job;
  return (
    <dl className="fact-list">
      <dt>{texts.range}</dt>
      <dd>{rangeWords(request.from, request.to)}</dd>
      <dt>{texts.projects}</dt>
      <dd>{names.length === 0 ? texts.allProjects : names.join(', ')}</dd>
      <dt>{texts.types}</dt>
      <dd>{request.types.length === 0 ? texts.allTypes : <SdkText>{request.types.join(', ')}</SdkText>}</dd>
      <dt>{texts.kind}</dt>
      <dd>{request.isDry ? texts.dry : texts.real}</dd>
      {progress.per_second !== null && (
        <>
          <dt>{texts.rate}</dt>
          <dd>{exactNumber(Math.round(progress.per_second))}</dd>
        </>
      )}
      {progress.remaining_seconds !== null && (
        <>
          <dt>{texts.left}</dt>
          <dd>{span(progress.remaining_seconds)}</dd>
        </>
      )}
    </dl>
  );
}

function Report({ report, isDry }: { report: ReplayReport; isDry: boolean }) {
  const { tables } = texts;
  return (
    <>
      <Facts
        title={tables.title}
        none={isDry ? texts.nothingDry : texts.nothing}
        heads={[
          { name: tables.table },
          { name: tables.added, end: true },
          { name: tables.changed, end: true },
          { name: tables.removed, end: true },
          { name: tables.examples },
        ]}
        rows={report.tables}
        rowKey={(table) => table.table}
        cells={(table) => [
          <span key="table" className="mono">
            {table.table}
          </span>,
          <Count key="added" value={table.added} />,
          <Count key="changed" value={table.changed} />,
          <Count key="removed" value={table.removed} />,
          <span key="examples" className="mono">
            <SdkText inList>{table.examples.join(', ')}</SdkText>
          </span>,
        ]}
      />
      <section className="card facts">
        <dl className="fact-list">
          <dt>{texts.read}</dt>
          <dd>{exactNumber(report.read)}</dd>
          <dt>{texts.issuesChanged}</dt>
          <dd className="outcomes">
            {exactNumber(report.issues)}
            {report.issueExamples.map((id) => (
              <Link key={id} to="/issues/$id" params={{ id }}>
                {texts.issue(id)}
              </Link>
            ))}
          </dd>
          {report.gone > 0 && (
            <>
              <dt>{texts.gone}</dt>
              <dd>{exactNumber(report.gone)}</dd>
            </>
          )}
          {report.skipped.map(([word, count]) => (
            <div key={word} className="fact-row">
              <dt>{`${texts.skipped}: ${word.replaceAll('_', ' ')}`}</dt>
              <dd>{exactNumber(count)}</dd>
            </div>
          ))}
        </dl>
      </section>
    </>
  );
}

function RunForReal({ job }: { job: Job }) {
  const session = useSession();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const request = requestOf(job);
  const { from, to } = request;
  if (!request.isDry || job.state !== 'succeeded' || !from || !to || !can(session, 'event:admin'))
    return null;
  const run = async () => {
    setBusy(true);
    try {
      const body = { from, to, projects: request.projects, types: request.types, dry_run: false };
      const started = await value(api.POST('/api/v1/replays', { body }));
      toast(texts.started);
      await navigate({ to: '/replays/$id', params: { id: started.id } });
    } catch (e) {
      toast(e instanceof Error ? e.message : String(e));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button look="primary" busy={busy} onClick={() => void run()}>
      {texts.again}
    </Button>
  );
}

/** One replay: what was asked, how far it is, what it did or would do. */
export function ReplayPage() {
  const { id } = route.useParams();
  useTitle(texts.title(id));
  const { data: job, error, refetch } = useQuery(replayQuery(id));
  const report = job && reportOf(job);
  return (
    <div className="page pipeline">
      <PipelineTabs />
      <div className="pipeline-list-head">
        <div>
          <Link to="/replays">{texts.back}</Link>
          <h1>{texts.title(id)}</h1>
        </div>
        {job && (
          <span className="row-actions">
            <JobControls job={job} />
            <RunForReal job={job} />
          </span>
        )}
      </div>
      {job ? (
        <>
          <section className="card facts">
            <JobProgress job={job} />
            <p className="meta">{texts.by(job.created_by)}</p>
            {job.failure && (
              <p className="field-error">
                {texts.failure}: <SdkText>{job.failure}</SdkText>
              </p>
            )}
            <Asked job={job} />
          </section>
          {report && <Report report={report} isDry={requestOf(job).isDry} />}
        </>
      ) : error ? (
        <Fault error={error} retry={() => void refetch()} />
      ) : (
        <Skeleton />
      )}
    </div>
  );
}
