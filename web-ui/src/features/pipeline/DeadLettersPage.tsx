import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import type { DeadLetter, Job } from '../../api/model';
import { projectsQuery } from '../../app/queries';
import { useTitle } from '../../app/useTitle';
import '../../ui/Facts.css';
import { Button } from '../../ui/Button';
import { type Column, DataTable } from '../../ui/DataTable';
import { Menu } from '../../ui/Menu';
import { SdkText } from '../../ui/SdkText';
import { Fault, Skeleton, State } from '../../ui/State';
import { When } from '../../ui/When';
import { useHotkeys } from '../../ui/hotkeys';
import { CauseTable } from './Causes';
import { JobControls, JobProgress, isMoving } from '../../app/JobProgress';
import { LetterDrawer } from './LetterDrawer';
import { PipelineTabs } from './PipelineTabs';
import './pipeline.css';
import { LETTER_STATES, lettersQuery, retriesQuery } from './queries';
import { pipelineTexts } from './texts';
import { useScopeProject } from './useScopeProject';

const route = getRouteApi('/shell/dead');
const { dead } = pipelineTexts;

function useColumns(open: (id: number) => void): Column<DeadLetter>[] {
  const { data: projects = [] } = useQuery(projectsQuery);
  return useMemo(
    () => [
      { name: 'at', head: dead.at, width: '90px', cell: (letter) => <When at={letter.at} /> },
      {
        name: 'cause',
        head: dead.cause,
        width: 'minmax(200px, 1fr)',
        cell: (letter) => (
          <button type="button" className="link-button" onClick={() => open(letter.id)}>
            <SdkText inList>{letter.cause}</SdkText>
          </button>
        ),
      },
      { name: 'stage', head: dead.stage, width: '110px', from: 'tablet', cell: (letter) => letter.stage },
      {
        name: 'project',
        head: dead.project,
        width: '140px',
        from: 'tablet',
        cell: (letter) => projects.find((project) => project.id === letter.project_id)?.name ?? '–',
      },
      {
        name: 'attempts',
        head: dead.attempts,
        width: '64px',
        align: 'end',
        cell: (letter) => letter.attempts,
      },
    ],
    [projects, open],
  );
}

function Running({ jobs }: { jobs: readonly Job[] }) {
  if (jobs.length === 0) return null;
  return (
    <section className="card facts" aria-label={dead.running}>
      <h2>{dead.running}</h2>
      {jobs.map((job) => (
        <div key={job.id} className="running">
          <JobProgress job={job} />
          <JobControls job={job} />
        </div>
      ))}
    </section>
  );
}

/** What could not be processed: by cause, one by one, and what to do about it. */
export function DeadLettersPage() {
  useTitle(dead.list);
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/dead' });
  const project = useScopeProject(search);
  const state = search.state ?? 'open';
  const answer = useInfiniteQuery(lettersQuery(state, project));
  const { data: retries } = useQuery(retriesQuery);
  const letters = useMemo(() => answer.data?.pages.flatMap((page) => page.results) ?? [], [answer.data]);
  const [current, setCurrent] = useState<number>();
  const open = useCallback(
    (letter: number | undefined) => void navigate({ search: (before) => ({ ...before, letter }) }),
    [navigate],
  );
  const columns = useColumns(open);
  const at = letters.findIndex((letter) => letter.id === current);
  const step = (by: 1 | -1) =>
    setCurrent(letters[Math.max(0, Math.min(letters.length - 1, at < 0 ? 0 : at + by))]?.id);
  const { group } = dead.keys;
  useHotkeys([
    { keys: 'j', label: dead.keys.next, group, run: () => step(1) },
    { keys: 'k', label: dead.keys.previous, group, run: () => step(-1) },
    { keys: 'o', label: dead.show, group, run: () => open(current) },
    { keys: 'Enter', label: dead.show, group, run: () => open(current) },
  ]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = answer;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <div className="page pipeline">
      <h1 className="sr-only">{dead.list}</h1>
      <PipelineTabs />
      <CauseTable />
      <Running jobs={retries?.filter((job) => isMoving(job.state) || job.state === 'paused') ?? []} />
      <section className="card pipeline-list" aria-label={dead.list}>
        <div className="pipeline-list-head">
          <h2>{dead.list}</h2>
          <Menu
            align="end"
            trigger={<Button>{dead.states[state]}</Button>}
            entries={LETTER_STATES.map((one) => ({
              label: dead.states[one],
              checked: one === state,
              run: () =>
                void navigate({
                  search: (before) => ({ ...before, state: one === 'open' ? undefined : one }),
                }),
            }))}
          />
        </div>
        {answer.isPending ? (
          <Skeleton rows={4} height={36} />
        ) : answer.data === undefined ? (
          <Fault error={answer.error} retry={() => void answer.refetch()} />
        ) : letters.length === 0 ? (
          <State title={state === 'open' ? dead.none : dead.noneOfState}>
            {state === 'open' && dead.noneWords}
          </State>
        ) : (
          <DataTable
            label={dead.list}
            columns={columns}
            rows={letters}
            rowKey={(letter) => letter.id}
            current={current}
            onEnd={more}
            stale={answer.isPlaceholderData}
          />
        )}
      </section>
      {search.letter !== undefined && <LetterDrawer id={search.letter} onClose={() => open(undefined)} />}
    </div>
  );
}
