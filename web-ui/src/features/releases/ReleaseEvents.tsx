import { useQueries, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Release } from '../../api/model';
import { useDeploymentMarks } from '../../app/deployments';
import { scopeQuery } from '../../app/search';
import { Missing } from '../../ui/State';
import { TimeChart } from '../../ui/TimeChart';
import { countsOf, intervals } from './hours';
import { comparisonQuery, statsQuery } from './queries';
import { releaseTexts } from './texts';

const route = getRouteApi('/shell/releases/$id');
const COLORS = ['accent', 'ink-3'] as const;

/** When the events of a release happened, with those of the release that it is compared with in grey. */
export function ReleaseEvents({ release }: { release: Release }) {
  const search = route.useSearch();
  const { data: comparison } = useQuery(comparisonQuery(release.id, search.compare, search));
  const shown = useMemo(
    () => [release, comparison?.with].filter((one) => one !== undefined && one !== null),
    [release, comparison],
  );
  const { stats, asked } = useQueries({
    queries: shown.map(({ id }) => statsQuery(id, search)),
    combine: (results) => ({
      stats: results.map((result) => result.data),
      asked: {
        error: results.find((result) => result.error)?.error ?? null,
        refetch: () => Promise.all(results.map((result) => result.refetch())),
      },
    }),
  });
  const chart = useMemo(() => {
    const [first] = stats;
    if (!first) return undefined;
    const times = intervals(Date.parse(first.from), Date.parse(first.to));
    return {
      times,
      series: shown.flatMap(({ version }, index) => {
        const one = stats[index];
        return one ? [{ label: version, color: COLORS[index] ?? 'ink-3', values: countsOf(one, times) }] : [];
      }),
    };
  }, [shown, stats]);
  const marks = useDeploymentMarks(scopeQuery({ ...search, project: release.project.slug }));
  return (
    <section className="card release-events">
      {chart ? (
        <TimeChart
          title={releaseTexts.overTime}
          times={chart.times}
          series={chart.series}
          kind="lines"
          height={120}
          marks={marks}
        />
      ) : (
        <Missing asked={asked} rows={3} />
      )}
    </section>
  );
}
