import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { Job } from '../../api/model';
import { projectsQuery } from '../../app/queries';
import { can, useSession } from '../../app/session';
import { useTitle } from '../../app/useTitle';
import { Button } from '../../ui/Button';
import { type Column, DataTable } from '../../ui/DataTable';
import { Fault, Skeleton, State } from '../../ui/State';
import { When } from '../../ui/When';
import { localTime, span } from '../../ui/format';
import { JobProgress } from '../../app/JobProgress';
import { NewReplay } from './NewReplay';
import { PipelineTabs } from './PipelineTabs';
import './pipeline.css';
import { replaysQuery } from './queries';
import { requestOf } from './replay';
import { pipelineTexts } from './texts';

const { replays: texts } = pipelineTexts;

/** A stretch of time to the minute, without its zone, which is the reader's own. */
export function rangeWords(from: string | undefined, to: string | undefined): string {
  const short = (at: string | undefined) => (at ? localTime(new Date(at)).slice(0, 16) : '–');
  return `${short(from)} → ${short(to)}`;
}

function useColumns(): Column<Job>[] {
  const { data: projects = [] } = useQuery(projectsQuery);
  return useMemo(() => {
    const names = (ids: readonly number[]) =>
      ids.length === 0
        ? texts.allProjects
        : ids.map((id) => projects.find((project) => project.id === id)?.name ?? id).join(', ');
    return [
      {
        name: 'id',
        head: texts.id,
        width: '72px',
        cell: (job) => (
          <Link to="/replays/$id" params={{ id: job.id }}>
            {job.id}
          </Link>
        ),
      },
      {
        name: 'kind',
        head: texts.kind,
        width: '80px',
        cell: (job) => (requestOf(job).isDry ? texts.dry : texts.real),
      },
      {
        name: 'progress',
        head: texts.progress,
        width: 'minmax(200px, 280px)',
        cell: (job) => <JobProgress job={job} />,
      },
      {
        name: 'range',
        head: texts.range,
        width: 'minmax(120px, 290px)',
        from: 'tablet',
        cell: (job) => rangeWords(requestOf(job).from, requestOf(job).to),
      },
      {
        name: 'projects',
        head: texts.projects,
        width: 'minmax(80px, 1fr)',
        from: 'desk',
        cell: (job) => names(requestOf(job).projects),
      },
      {
        name: 'left',
        head: texts.left,
        width: '72px',
        from: 'tablet',
        align: 'end',
        cell: ({ progress }) => (progress.remaining_seconds === null ? '' : span(progress.remaining_seconds)),
      },
      { name: 'who', head: texts.who, width: '160px', from: 'desk', cell: (job) => job.created_by },
      {
        name: 'at',
        head: texts.at,
        width: '80px',
        from: 'tablet',
        cell: (job) => <When at={job.created_at} />,
      },
    ];
  }, [projects]);
}

/** What was processed again, and a form for more. */
export function ReplaysPage() {
  useTitle(pipelineTexts.tabs.replays);
  const session = useSession();
  const [isAdding, setAdding] = useState(false);
  const answer = useInfiniteQuery(replaysQuery);
  const columns = useColumns();
  const jobs = useMemo(() => answer.data?.pages.flatMap((page) => page.results) ?? [], [answer.data]);
  const add = can(session, 'event:admin') && (
    <Button look="primary" onClick={() => setAdding(true)}>
      {texts.add}
    </Button>
  );
  return (
    <div className="page pipeline">
      <h1 className="sr-only">{pipelineTexts.tabs.replays}</h1>
      <PipelineTabs />
      <section className="card pipeline-list" aria-label={texts.list}>
        <div className="pipeline-list-head">
          <h2>{texts.list}</h2>
          {jobs.length > 0 && add}
        </div>
        {answer.isPending ? (
          <Skeleton rows={4} height={44} />
        ) : answer.data === undefined ? (
          <Fault error={answer.error} retry={() => void answer.refetch()} />
        ) : jobs.length === 0 ? (
          <State title={texts.none} action={add}>
            {texts.noneWords}
          </State>
        ) : (
          <DataTable
            label={texts.list}
            columns={columns}
            rows={jobs}
            rowKey={(job) => job.id}
            rowHeight={44}
            onEnd={answer.hasNextPage ? () => void answer.fetchNextPage() : undefined}
          />
        )}
      </section>
      {isAdding && <NewReplay onClose={() => setAdding(false)} />}
    </div>
  );
}
