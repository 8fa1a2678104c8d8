import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { api, value } from '../../api/client';
import type { Project, ProjectStats } from '../../api/model';
import { useDeploymentMarks } from '../../app/deployments';
import { projectsQuery } from '../../app/queries';
import { projectsOf, scopeHours, scopeQuery } from '../../app/search';
import { type Level, levelOf } from '../../ui/LevelMark';
import { Missing } from '../../ui/State';
import { TimeChart } from '../../ui/TimeChart';
import { LEVELS } from './queries';
import { eventTexts } from './texts';

const route = getRouteApi('/shell/events');
/** Each project is asked for by itself; of more the chart would take longer than it is worth. */
const MAX_PROJECTS = 20;
const MAX_BARS = 120;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NO_TIME = '1970-01-01T00:00:00Z';

function bars(stats: readonly ProjectStats[], from: number, to: number, unit: number) {
  const step = Math.max(1, Math.ceil((to - from) / unit / MAX_BARS)) * unit;
  const begin = Math.floor(from / step) * step;
  const times = Array.from(
    { length: Math.max(1, Math.ceil((to - begin) / step)) },
    (_, index) => begin + index * step,
  );
  const counts = new Map<Level, number[]>(LEVELS.map((level) => [level, times.map(() => 0)]));
  for (const bucket of stats.flatMap((one) => one.buckets)) {
    const index = Math.floor((Date.parse(bucket.at) - begin) / step);
    for (const [level, count] of Object.entries(bucket.levels)) {
      const row = counts.get(levelOf(level));
      if (row?.[index] !== undefined) row[index] += count;
    }
  }
  return { times, counts };
}

/** How many events of each level there were, over the range; dragging over it chooses a part. */
export function EventsChart() {
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/events' });
  const queries = useQueryClient();
  const projects = useQuery(projectsQuery);
  const slugs = projectsOf(search);
  const shown: Project[] = (projects.data ?? [])
    .filter((project) => slugs.length === 0 || slugs.includes(project.slug))
    .slice(0, MAX_PROJECTS);
  const resolution = scopeHours(search) <= 2 ? 'minute' : 'hour';
  const { start: from, end: to } = scopeQuery(search);
  const { stats, error, isWhole } = useQueries({
    queries: shown.map((project) => ({
      queryKey: [
        'project-stats',
        project.id,
        resolution,
        search.range,
        search.start,
        search.end,
        search.environment,
      ],
      queryFn: () =>
        value(
          api.GET('/api/v1/projects/{id}/stats', {
            params: {
              path: { id: project.id },
              query: {
                ...(from ? { from } : {}),
                ...(to ? { to } : {}),
                ...(search.environment ? { environment: search.environment } : {}),
                resolution,
              },
            },
          }),
        ),
      staleTime: 30_000,
    })),
    combine: (results) => ({
      stats: results.flatMap((result) => result.data ?? []),
      error: results.find((result) => result.error)?.error,
      isWhole: results.every((result) => result.data),
    }),
  });
  const { times, series } = useMemo(() => {
    const first = stats[0];
    const begin = Date.parse(first?.from ?? from ?? NO_TIME);
    const end = Date.parse(first?.to ?? to ?? from ?? NO_TIME) + (first ? 0 : HOUR);
    const { times, counts } = bars(stats, begin, end, resolution === 'minute' ? MINUTE : HOUR);
    return {
      times,
      series: LEVELS.toReversed()
        .map((level) => ({ label: level, color: level, values: counts.get(level) ?? [] }))
        .filter((one) => one.values.some((count) => count > 0)),
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the range only counts as long as there is no answer
  }, [stats, resolution]);
  const marks = useDeploymentMarks(scopeQuery(search));
  if (!projects.data || !isWhole) {
    // No chart of zeros, which would say that nothing came.
    const refetch = () =>
      queries.refetchQueries({ queryKey: projects.data ? ['project-stats'] : projectsQuery.queryKey });
    return (
      <div className="events-chart">
        <Missing asked={{ error: projects.error ?? error, refetch }} rows={3} />
      </div>
    );
  }
  return (
    <div className="events-chart">
      <TimeChart
        title={eventTexts.chart}
        times={times}
        series={series}
        height={104}
        marks={marks}
        onRange={(start, end) =>
          void navigate({
            search: (before) => ({
              ...before,
              range: undefined,
              start: start.toISOString(),
              end: end.toISOString(),
            }),
          })
        }
      />
    </div>
  );
}
