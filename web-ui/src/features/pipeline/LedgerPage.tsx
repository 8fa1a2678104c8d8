import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { LedgerRow } from '../../api/model';
import { pipelineQuery, projectsQuery } from '../../app/queries';
import { useTitle } from '../../app/useTitle';
import { Button } from '../../ui/Button';
import { type Column, DataTable } from '../../ui/DataTable';
import { Menu } from '../../ui/Menu';
import { SdkText } from '../../ui/SdkText';
import { Fault, Skeleton, State } from '../../ui/State';
import { When } from '../../ui/When';
import { bytes } from '../../ui/format';
import { Equation } from './Equation';
import { FateTimeline, Outcome } from './FateTimeline';
import { Lookup } from './Lookup';
import { PipelineTabs } from './PipelineTabs';
import './pipeline.css';
import { OUTCOMES, ledgerQuery } from './queries';
import { pipelineTexts } from './texts';
import { useScopeProject } from './useScopeProject';

const route = getRouteApi('/shell/ledger');
const { ledger } = pipelineTexts;

function Outcomes({ row }: { row: LedgerRow }) {
  const parts = OUTCOMES.filter((name) => row.outcomes[name] > 0);
  return (
    <span className="outcomes">
      {parts.length === 0 ? (
        <Outcome outcome={row.fate} />
      ) : (
        parts.map((name) => (
          <span key={name}>
            <Outcome outcome={name} />
            {row.outcomes[name] > 1 && ` × ${row.outcomes[name]}`}
          </span>
        ))
      )}
      {row.reason && <SdkText inList>{row.reason}</SdkText>}
    </span>
  );
}

function useColumns(): Column<LedgerRow>[] {
  const { data: projects = [] } = useQuery(projectsQuery);
  return useMemo(
    () => [
      {
        name: 'received',
        head: ledger.received,
        width: '90px',
        cell: (row) => <When at={row.received_at} />,
      },
      {
        name: 'envelope',
        head: ledger.envelope,
        width: 'minmax(120px, 310px)',
        cell: (row) => (
          <Link
            to="/ledger"
            search={(before) => ({ ...before, id: row.id.replaceAll('-', '') })}
            className="mono"
          >
            {row.id}
          </Link>
        ),
      },
      {
        name: 'became',
        head: ledger.became,
        width: 'minmax(120px, 1fr)',
        cell: (row) => <Outcomes row={row} />,
      },
      {
        name: 'project',
        head: ledger.project,
        width: '140px',
        from: 'tablet',
        cell: (row) => projects.find((project) => project.id === row.project_id)?.name ?? row.project_id,
      },
      {
        name: 'types',
        head: ledger.types,
        width: 'minmax(80px, 200px)',
        from: 'desk',
        cell: (row) => <SdkText inList>{row.types.join(', ')}</SdkText>,
      },
      {
        name: 'items',
        head: ledger.items,
        width: '48px',
        align: 'end',
        from: 'tablet',
        cell: (row) => row.items,
      },
      {
        name: 'size',
        head: ledger.size,
        width: '72px',
        align: 'end',
        from: 'tablet',
        cell: (row) => bytes(row.size),
      },
    ],
    [projects],
  );
}

function Envelopes() {
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/ledger' });
  const project = useScopeProject(search);
  const answer = useInfiniteQuery(ledgerQuery(search, project));
  const rows = useMemo(() => answer.data?.pages.flatMap((page) => page.results) ?? [], [answer.data]);
  const columns = useColumns();
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = answer;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <section className="card pipeline-list" aria-label={ledger.list}>
      <div className="pipeline-list-head">
        <h2>{ledger.list}</h2>
        <Menu
          align="end"
          trigger={<Button>{search.outcome ? ledger.outcomes[search.outcome] : ledger.anyOutcome}</Button>}
          entries={[undefined, ...OUTCOMES].map((outcome) => ({
            label: outcome ? ledger.outcomes[outcome] : ledger.anyOutcome,
            checked: outcome === search.outcome,
            run: () => void navigate({ search: (before) => ({ ...before, outcome }) }),
          }))}
        />
      </div>
      {answer.isPending ? (
        <Skeleton rows={8} height={36} />
      ) : answer.data === undefined ? (
        <Fault error={answer.error} retry={() => void answer.refetch()} />
      ) : rows.length === 0 ? (
        <State title={ledger.none} />
      ) : (
        <DataTable
          label={ledger.list}
          columns={columns}
          rows={rows}
          rowKey={(row) => row.id}
          onEnd={more}
          stale={answer.isPlaceholderData}
        />
      )}
    </section>
  );
}

/** The books: one envelope or event from its request to its end, or all of them by outcome. */
export function LedgerPage() {
  useTitle(pipelineTexts.tabs.ledger);
  const { id } = route.useSearch();
  const { data: pipeline } = useQuery(pipelineQuery);
  return (
    <div className="page pipeline">
      <h1 className="sr-only">{pipelineTexts.tabs.ledger}</h1>
      <PipelineTabs />
      <Lookup key={id} id={id} />
      {id ? (
        <>
          <Link to="/ledger" search={(before) => ({ ...before, id: undefined })}>
            {ledger.close}
          </Link>
          <FateTimeline id={id} />
        </>
      ) : (
        <>
          {pipeline && <Equation balance={pipeline.balance} />}
          <Envelopes />
        </>
      )}
    </div>
  );
}
