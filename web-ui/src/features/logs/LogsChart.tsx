import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { RequestFailed } from '../../api/client';
import { Missing } from '../../ui/State';
import { TimeChart } from '../../ui/TimeChart';
import { LEVELS, type LogLevel, logSeriesQuery } from './queries';
import { logTexts as texts } from './texts';

const route = getRouteApi('/shell/logs');

const COLORS: Record<LogLevel, string> = {
  trace: 'control',
  debug: 'debug',
  info: 'info',
  warn: 'warning',
  error: 'error',
  fatal: 'fatal',
};

/** How many logs of each severity there were, over the range; dragging over it chooses a part. */
export function LogsChart() {
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/logs' });
  const asked = useQuery(logSeriesQuery(search));
  const { data } = asked;
  // The search bar says what is wrong with a query.
  const isBadQuery = asked.error instanceof RequestFailed && asked.error.status === 400;
  const { times, series } = useMemo(() => {
    const points = data?.series[0]?.values ?? [];
    const count = data
      ? Math.round((Date.parse(data.end) - Date.parse(data.start)) / 1_000 / data.interval)
      : 0;
    const begin = Date.parse(data?.start ?? '');
    return {
      times:
        points.length > 0
          ? points.map(([at = 0]) => at * 1_000)
          : Array.from({ length: count }, (_, index) => begin + index * (data?.interval ?? 0) * 1_000),
      series: LEVELS.flatMap((level) => {
        const one = data?.series.find(({ name }) => name === level);
        return one
          ? [
              {
                label: texts.level[level],
                color: COLORS[level],
                values: one.values.map(([, logs = 0]) => logs),
              },
            ]
          : [];
      }),
    };
  }, [data]);
  return (
    <div className="logs-chart">
      {data ? (
        <TimeChart
          title={texts.chart}
          times={times}
          series={series}
          height={88}
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
      ) : (
        !isBadQuery && <Missing asked={asked} rows={2} />
      )}
    </div>
  );
}
