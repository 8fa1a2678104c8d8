import { useQuery } from '@tanstack/react-query';
import { Link, getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { DashboardErrors, Spike } from '../../api/model';
import { useDeploymentMarks } from '../../app/deployments';
import { type Scope, scopeQuery } from '../../app/search';
import { type Level, levelOf } from '../../ui/LevelMark';
import type { Mark } from '../../ui/Marks';
import { SdkText } from '../../ui/SdkText';
import { Missing } from '../../ui/State';
import { TimeChart } from '../../ui/TimeChart';
import { exactNumber, localTime, span } from '../../ui/format';
import { errorsQuery, spikesQuery } from './queries';
import { dashboardTexts } from './texts';

const { errors: texts } = dashboardTexts;
const route = getRouteApi('/shell/dashboard');
const LEVELS: readonly Level[] = ['debug', 'info', 'warning', 'error', 'fatal'];

function seriesOf(answer: DashboardErrors) {
  return LEVELS.map((level) => ({
    label: level,
    color: level,
    values: answer.bars.map((bar) =>
      Object.entries(bar.levels).reduce(
        (sum, [word, count]) => sum + (levelOf(word) === level ? count : 0),
        0,
      ),
    ),
  })).filter((one) => one.values.some((count) => count > 0));
}

/** What a spike was, and of which issue and release. */
export function spikeWords(spike: Spike): string {
  const at = localTime(new Date(spike.started_at));
  const what = spike.short_history
    ? texts.youngSpike(spike.project_slug, exactNumber(spike.peak), at)
    : texts.spike(spike.project_slug, exactNumber(spike.peak), exactNumber(spike.usual), at);
  const issue = spike.issue_cause?.title ? texts.cause(spike.issue_cause.title) : '';
  return what + issue + (spike.release_cause ? texts.release(spike.release_cause.version) : '');
}

/** A spike leads to its issue, or to what happened while it lasted. */
function spikeMark(spike: Spike): Mark {
  const words = (
    <span>
      <SdkText inList limit={200}>
        {spikeWords(spike)}
      </SdkText>
    </span>
  );
  return {
    // Numbers of deployments are not negative.
    key: -spike.id,
    at: Date.parse(spike.started_at),
    kind: 'spike',
    link: spike.issue_cause ? (
      <Link to="/issues/$id" params={{ id: spike.issue_cause.issue_id }}>
        {words}
      </Link>
    ) : (
      <Link to="/issues" search={{ project: spike.project_slug, sort: 'events' }}>
        {words}
      </Link>
    ),
  };
}

/** The errors of the time by level, with spikes and deployments; a bar leads to its issues. */
export function ErrorsChart() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const asked = useQuery(errorsQuery(search));
  const { data: spikes } = useQuery(spikesQuery(search));
  const deployments = useDeploymentMarks(scopeQuery(search));
  const answer = asked.data;
  const times = useMemo(() => answer?.bars.map((bar) => Date.parse(bar.at)) ?? [], [answer]);
  const series = useMemo(() => (answer ? seriesOf(answer) : []), [answer]);
  const marks = useMemo(
    () => [...deployments, ...(spikes?.results ?? []).map(spikeMark)],
    [deployments, spikes],
  );
  if (!answer) return <Missing asked={asked} rows={3} />;
  const goTo = (start: Date, end: Date) => {
    const scope: Scope = { ...search, range: undefined, start: start.toISOString(), end: end.toISOString() };
    void navigate({
      to: '/issues',
      search: {
        project: scope.project,
        environment: scope.environment,
        start: scope.start,
        end: scope.end,
        sort: 'events',
      },
    });
  };
  return (
    <TimeChart
      title={texts.title(span(answer.interval_seconds))}
      times={times}
      series={series}
      height={200}
      marks={marks}
      marksLabel={texts.marks}
      onBar={goTo}
      onRange={(start, end) =>
        void navigate({
          to: '/dashboard',
          search: { ...search, range: undefined, start: start.toISOString(), end: end.toISOString() },
        })
      }
    />
  );
}
