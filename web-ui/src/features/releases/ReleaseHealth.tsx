import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { Release, ReleaseHealth as Health } from '../../api/model';
import { Missing } from '../../ui/State';
import { TimeChart } from '../../ui/TimeChart';
import { exactNumber } from '../../ui/format';
import { TrySessions } from './TrySessions';
import { perHundred, percent, points, rangeOf } from './health';
import { healthTexts as texts } from './healthTexts';
import { comparisonQuery, healthQuery } from './queries';
import './health.css';

const route = getRouteApi('/shell/releases/$id');
const EVERY_MILLIS = 30_000;
/** After a session was sent for trying. */
const AWAITED_EVERY_MILLIS = 2_000;

function Figure({ name, value, words }: { name: string; value: string; words?: string | undefined }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="health-value">{value}</dd>
      <dd className="meta">{words}</dd>
    </div>
  );
}

function Figures({ health, other }: { health: Health; other: Health | undefined }) {
  const { stage, sessions, users } = health.adoption;
  return (
    <dl className="health-figures">
      <Figure
        name={texts.crashFreeSessions}
        value={percent(health.crash_free_sessions)}
        words={points(health.crash_free_sessions, other?.crash_free_sessions ?? null)}
      />
      <Figure
        name={texts.crashFreeUsers}
        value={percent(health.crash_free_users)}
        words={
          health.users > 0
            ? texts.users(exactNumber(health.users), exactNumber(health.crashed_users))
            : undefined
        }
      />
      <Figure
        name={texts.sessions}
        value={exactNumber(health.sessions)}
        words={texts.ends(
          exactNumber(health.crashed),
          exactNumber(health.abnormal),
          exactNumber(health.errored + health.unhandled),
        )}
      />
      <Figure
        name={texts.events}
        value={perHundred(health.events_per_hundred)}
        words={texts.allEvents(exactNumber(health.events))}
      />
      <Figure
        name={texts.adoption}
        value={percent(sessions)}
        words={[stage && texts.stages[stage], users !== null && texts.ofUsers(percent(users))]
          .filter(Boolean)
          .join(', ')}
      />
    </dl>
  );
}

/** The other release in grey, below this one. */
function chartsOf(health: Health, other: Health | undefined) {
  const times = health.series.map((one) => Date.parse(one.at));
  const shown = [{ one: health, color: 'accent' }, ...(other ? [{ one: other, color: 'ink-3' }] : [])];
  // By time: one of the two may have been read in the next interval already.
  const of = (value: (one: Health['series'][number]) => number | null) =>
    shown.map(({ one, color }) => {
      const values = new Map(one.series.map((interval) => [Date.parse(interval.at), value(interval)]));
      return { label: one.version, color, values: times.map((at) => values.get(at) ?? null) };
    });
  const crashFree = of(({ crash_free_sessions: share }) => (share === null ? null : share * 100));
  const lowest = Math.min(
    100,
    ...crashFree.flatMap(({ values }) => values.filter((value) => value !== null)),
  );
  return {
    times,
    crashFree,
    errored: of((one) => one.errored_per_hundred),
    least: Math.max(0, Math.floor(lowest) - 1),
  };
}

/** How the sessions of a release went, with those of the release that it is compared with in grey. */
export function ReleaseHealth({ release }: { release: Release }) {
  const search = route.useSearch();
  const [opened] = useState(() => Date.now());
  const range = rangeOf(search, opened);
  const [awaited, setAwaited] = useState<number>();
  const answer = useQuery({
    ...healthQuery(release.id, range, search),
    refetchInterval: (query) =>
      awaited !== undefined && (query.state.data?.sessions ?? 0) < awaited
        ? AWAITED_EVERY_MILLIS
        : EVERY_MILLIS,
  });
  const { data: comparison } = useQuery(comparisonQuery(release.id, search.compare, search));
  const otherId = comparison?.with?.id;
  const { data: other } = useQuery({
    ...healthQuery(otherId ?? release.id, range, search),
    enabled: otherId !== undefined,
    refetchInterval: EVERY_MILLIS,
  });
  const health = answer.data;
  const beside = otherId !== undefined && other?.series.length === health?.series.length ? other : undefined;
  const charts = useMemo(() => health && chartsOf(health, beside), [health, beside]);
  if (!health || !charts) return <Missing asked={answer} rows={4} />;
  const isEmpty = health.sessions === 0 && health.crashed === 0;
  return (
    <section className="card health" aria-label={texts.title}>
      {isEmpty ? (
        <p className="meta">
          {texts.none} {texts.noneWords}
        </p>
      ) : (
        <>
          <Figures health={health} other={beside} />
          <TimeChart
            title={texts.crashFreeChart}
            times={charts.times}
            series={charts.crashFree}
            kind="lines"
            least={charts.least}
            height={110}
          />
          <TimeChart
            title={texts.erroredChart}
            times={charts.times}
            series={charts.errored}
            kind="lines"
            height={110}
          />
        </>
      )}
      <TrySessions release={release} onSent={() => setAwaited((awaited ?? health.sessions) + 1)} />
    </section>
  );
}
