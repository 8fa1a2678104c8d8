import { useQuery } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { EndpointDetail } from '../../api/model';
import { useTitle } from '../../app/useTitle';
import { Badge } from '../../ui/Badge';
import { Facts } from '../../ui/Facts';
import { SdkText } from '../../ui/SdkText';
import { Missing } from '../../ui/State';
import { TimeChart } from '../../ui/TimeChart';
import { When } from '../../ui/When';
import { exactNumber, shortNumber } from '../../ui/format';
import './performance.css';
import { NO_WORD, endpointQuery } from './queries';
import { performanceTexts } from './texts';
import { milliseconds, percent } from './words';

const route = getRouteApi('/shell/performance/endpoint');
const { endpoint: texts, columns } = performanceTexts;

function Figures({ endpoint: { now, before } }: { endpoint: EndpointDetail }) {
  const figures: [string, string, string][] = [
    [
      columns.throughput,
      shortNumber(Number(now.per_minute.toPrecision(3))),
      shortNumber(Number(before.per_minute.toPrecision(3))),
    ],
    [columns.p50, milliseconds(now.p50), milliseconds(before.p50)],
    [columns.p75, milliseconds(now.p75), milliseconds(before.p75)],
    [columns.p95, milliseconds(now.p95), milliseconds(before.p95)],
    [columns.p99, milliseconds(now.p99), milliseconds(before.p99)],
    [columns.failure_rate, percent(now.failure_rate), percent(before.failure_rate)],
  ];
  return (
    <dl className="endpoint-figures" aria-label={texts.figures}>
      {figures.map(([name, value, past]) => (
        <div key={name} className="card endpoint-figure">
          <dt className="meta">{name}</dt>
          <dd>
            <span className="endpoint-value">{value}</span>
            <span className="meta">{texts.before(before.transactions === 0 ? '–' : past)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Every interval of the window, with nothing where no transaction ended. */
function useSeries(endpoint: EndpointDetail) {
  return useMemo(() => {
    const step = endpoint.interval_seconds * 1_000;
    const from = Date.parse(endpoint.from);
    const count = Math.max(1, Math.ceil((Date.parse(endpoint.to) - from) / step));
    const times = Array.from({ length: count }, (_, index) => from + index * step);
    const known = new Map(endpoint.intervals.map(({ at, figures }) => [Date.parse(at), figures]));
    const figures = times.map((at) => known.get(at));
    return {
      times,
      counts: [
        {
          label: texts.well,
          color: 'accent',
          values: figures.map((one) => (one ? one.transactions - one.failures : 0)),
        },
        { label: texts.failures, color: 'error', values: figures.map((one) => one?.failures ?? 0) },
      ],
      durations: [
        { label: columns.p50, color: 'accent', values: figures.map((one) => one?.p50 ?? null) },
        { label: columns.p95, color: 'warning', values: figures.map((one) => one?.p95 ?? null) },
      ],
    };
  }, [endpoint]);
}

function Charts({ endpoint }: { endpoint: EndpointDetail }) {
  const { times, counts, durations } = useSeries(endpoint);
  return (
    <div className="endpoint-charts">
      <div className="card endpoint-chart">
        <TimeChart title={texts.durations} times={times} series={durations} kind="lines" />
      </div>
      <div className="card endpoint-chart">
        <TimeChart title={texts.transactions} times={times} series={counts} />
      </div>
    </div>
  );
}

function Lists({ endpoint }: { endpoint: EndpointDetail }) {
  const { heads } = texts;
  return (
    <>
      <Facts
        title={texts.slowest}
        note={texts.slowestNote}
        none={texts.noSlowest}
        heads={[
          { name: heads.trace },
          { name: heads.duration, end: true },
          { name: heads.status },
          { name: heads.at },
          { name: heads.environment },
          { name: heads.release },
        ]}
        rows={endpoint.slowest}
        rowKey={({ id }) => id}
        cells={(sample) => [
          <Link key="trace" to="/traces/$id" params={{ id: sample.trace_id }} preload="intent">
            {texts.trace(sample.trace_id)}
          </Link>,
          milliseconds(sample.duration_ms),
          sample.status ? <SdkText inList>{sample.status}</SdkText> : '–',
          <When key="at" at={sample.started_at} />,
          sample.environment ? <SdkText inList>{sample.environment}</SdkText> : '–',
          sample.release ? <SdkText inList>{sample.release}</SdkText> : '–',
        ]}
      />
      <Facts
        title={texts.spans}
        note={texts.spansNote}
        none={texts.noSpans}
        heads={[
          { name: heads.description },
          { name: heads.operation },
          { name: heads.count, end: true },
          { name: heads.p95, end: true },
          { name: heads.total, end: true },
          { name: heads.share, end: true },
        ]}
        rows={endpoint.spans}
        rowKey={(span) => `${span.op} ${span.description}`}
        cells={(span) => [
          <span key="description" className="mono statement">
            <SdkText limit={160}>{span.description ?? '–'}</SdkText>
          </span>,
          <SdkText key="op" inList>
            {span.op ?? '–'}
          </SdkText>,
          exactNumber(span.spans),
          milliseconds(span.p95),
          milliseconds(span.total_ms),
          percent(span.share),
        ]}
      />
      <Facts
        title={texts.errors}
        note={texts.errorsNote}
        none={texts.noErrors}
        heads={[{ name: heads.issue }, { name: heads.events, end: true }, { name: heads.last }]}
        rows={endpoint.issues}
        rowKey={({ id }) => id}
        cells={(issue) => [
          <Link key="issue" to="/issues/$id" params={{ id: issue.id }} preload="intent">
            <SdkText inList>{issue.title}</SdkText>
          </Link>,
          exactNumber(issue.events),
          <When key="last" at={issue.last_seen} />,
        ]}
      />
    </>
  );
}

/** How one endpoint fares, and what makes it slow. */
export function EndpointPage() {
  const search = route.useSearch();
  const answer = useQuery(endpointQuery(search));
  useTitle(search.name ?? performanceTexts.page);
  return (
    <div className="page endpoint-page" data-stale={answer.isPlaceholderData || undefined}>
      <div className="endpoint-head">
        <Link to="/performance" className="meta">
          {texts.back}
        </Link>
        <h1>
          <SdkText>{search.name ?? ''}</SdkText>
        </h1>
        <div className="endpoint-badges">
          <Badge>{search.of}</Badge>
          {search.op && search.op !== NO_WORD && <Badge>{search.op}</Badge>}
          {search.method && search.method !== NO_WORD && <Badge>{search.method}</Badge>}
        </div>
      </div>
      {answer.data === undefined ? (
        <Missing asked={answer} />
      ) : (
        <>
          <Figures endpoint={answer.data} />
          <Charts endpoint={answer.data} />
          <Lists endpoint={answer.data} />
        </>
      )}
    </div>
  );
}
