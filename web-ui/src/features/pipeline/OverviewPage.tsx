import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Pipeline } from '../../api/model';
import { pipelineQuery } from '../../app/queries';
import { useTitle } from '../../app/useTitle';
import { Badge } from '../../ui/Badge';
import { Count } from '../../ui/Count';
import { SdkText } from '../../ui/SdkText';
import { Fault, Skeleton } from '../../ui/State';
import { TimeChart } from '../../ui/TimeChart';
import { When } from '../../ui/When';
import { bytes, exactNumber, localTime, span } from '../../ui/format';
import { Equation } from './Equation';
import { Facts } from '../../ui/Facts';
import { Figures } from './Figures';
import { Lookup } from './Lookup';
import { PipelineTabs } from './PipelineTabs';
import { CauseTable } from './Causes';
import './pipeline.css';
import { storageQuery } from './queries';
import { pipelineTexts } from './texts';

const { noisy, processes, partitions, disk, chartSeries } = pipelineTexts;
const KINDS: Record<string, string> = processes.kinds;
const STATES: Record<string, string> = processes.states;

function MinuteChart({ series }: { series: Pipeline['series'] }) {
  const times = useMemo(() => series.map((minute) => Date.parse(minute.at)), [series]);
  const lines = useMemo(
    () =>
      (
        [
          ['accepted', 'info'],
          ['stored', 'accent'],
          ['dropped', 'warning'],
          ['dead', 'error'],
        ] as const
      ).map(([name, color]) => ({
        label: chartSeries[name],
        color,
        values: series.map((minute) => minute[name]),
      })),
    [series],
  );
  return <TimeChart title={pipelineTexts.chart} times={times} series={lines} kind="lines" height={340} />;
}

function Noisy({ projects }: { projects: Pipeline['projects'] }) {
  return (
    <Facts
      title={noisy.title}
      note={noisy.words}
      none={noisy.none}
      heads={[
        { name: noisy.project },
        { name: noisy.share },
        { name: noisy.accepted, end: true },
        { name: noisy.limited, end: true },
      ]}
      rows={projects}
      rowKey={(project) => project.id}
      cells={(project) => [
        <Link key="name" to="/issues" search={{ project: project.slug }}>
          {project.name}
        </Link>,
        <span key="share" className="share">
          <meter min={0} max={1} value={project.share} aria-label={noisy.share} />
          {`${Math.round(project.share * 100)} %`}
        </span>,
        <Count key="accepted" value={project.accepted} />,
        <span key="limited">
          {project.limited_since ? (
            <Badge tone="warning">
              {noisy.since(localTime(new Date(project.limited_since)).slice(11, 16))}
            </Badge>
          ) : null}{' '}
          <Count value={project.limited} />
        </span>,
      ]}
    />
  );
}

function Processes({ list }: { list: Pipeline['processes'] }) {
  return (
    <Facts
      title={processes.title}
      none={processes.none}
      heads={[
        { name: processes.kind },
        { name: processes.state },
        { name: processes.host },
        { name: processes.version },
        { name: processes.started },
        { name: processes.seen },
      ]}
      rows={list}
      rowKey={(process) => process.id}
      cells={(process) => [
        KINDS[process.kind] ?? process.kind,
        <span key="state">
          <Badge tone={process.state === 'ok' ? 'good' : process.state === 'degraded' ? 'warning' : 'error'}>
            {STATES[process.state] ?? process.state}
          </Badge>{' '}
          {process.cause}
        </span>,
        <span key="host" className="mono">
          {process.host ?? '–'}
        </span>,
        <span key="version" className="mono">
          {process.version ?? '–'}
        </span>,
        <When key="started" at={process.started_at} />,
        <When key="seen" at={process.last_seen_at} />,
      ]}
    />
  );
}

function Partitions({ list }: { list: Pipeline['partitions'] }) {
  return (
    <Facts
      title={partitions.title}
      none={partitions.none}
      heads={[
        { name: partitions.partition },
        { name: partitions.lag, end: true },
        { name: partitions.oldest, end: true },
      ]}
      rows={list}
      rowKey={(partition) => partition.partition}
      cells={(partition) => [
        exactNumber(partition.partition),
        <Count key="lag" value={partition.lag} />,
        partition.oldest_seconds === null ? '–' : span(partition.oldest_seconds),
      ]}
    />
  );
}

function Disk() {
  const storage = useQuery(storageQuery);
  return (
    <Facts
      title={disk.title}
      none="–"
      heads={[
        { name: disk.table },
        { name: disk.keeps },
        { name: disk.now, end: true },
        { name: disk.perDay, end: true },
        { name: disk.later, end: true },
        { name: disk.full, end: true },
      ]}
      rows={storage.data?.tables}
      asked={storage}
      rowKey={(table) => table.name}
      cells={(table) => [
        <span key="name" className="mono">
          <SdkText inList>{table.name}</SdkText>
        </span>,
        table.retention_days === null ? disk.forever : disk.days(table.retention_days),
        bytes(table.bytes),
        bytes(table.bytes_per_day),
        bytes(table.bytes_in_30_days),
        bytes(table.bytes_at_full_retention),
      ]}
    />
  );
}

function TopicDisk() {
  const storage = useQuery(storageQuery);
  return (
    <Facts
      title={disk.topics}
      none={disk.noTopics}
      heads={[{ name: disk.topic }, { name: disk.now, end: true }]}
      rows={storage.data && (storage.data.topics ?? [])}
      asked={storage}
      rowKey={(topic) => topic.name}
      cells={(topic) => [
        <span key="name" className="mono">
          <SdkText inList>{topic.name}</SdkText>
        </span>,
        bytes(topic.bytes),
      ]}
    />
  );
}

/** Whether everything that was accepted is accounted for, how fast it is processed, and who is in the way. */
export function OverviewPage() {
  useTitle(pipelineTexts.page);
  const { data: pipeline, error, refetch } = useQuery(pipelineQuery);
  return (
    <div className="page pipeline">
      <h1 className="sr-only">{pipelineTexts.page}</h1>
      <PipelineTabs />
      {pipeline ? (
        <>
          <Equation balance={pipeline.balance} />
          <Figures pipeline={pipeline} />
          <div className="pipeline-two">
            <div className="card pipeline-chart">
              <MinuteChart series={pipeline.series} />
            </div>
            <section className="card facts">
              <h2>{pipelineTexts.lookup.title}</h2>
              <Lookup />
              <h2>{pipelineTexts.causes.title}</h2>
              <CauseTable brief />
              <Link to="/dead">{pipelineTexts.causes.all}</Link>
            </section>
          </div>
          <Processes list={pipeline.processes} />
          <div className="pipeline-halves">
            <Noisy projects={pipeline.projects} />
            <Partitions list={pipeline.partitions} />
          </div>
          <Disk />
          <TopicDisk />
        </>
      ) : error ? (
        <Fault error={error} retry={() => void refetch()} />
      ) : (
        <Skeleton />
      )}
    </div>
  );
}
