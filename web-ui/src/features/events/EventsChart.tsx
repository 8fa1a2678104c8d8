import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useDeploymentMarks } from '../../app/deployments';
import { queryFault } from '../../app/query/fault';
import { useKept } from '../../app/query/useKept';
import { scopeQuery } from '../../app/search';
import { levelOf } from '../../ui/LevelMark';
import { Missing } from '../../ui/State';
import { type Series, TimeChart } from '../../ui/TimeChart';
import { textOf } from './columns';
import { type Asked, figuresOf, groupOf, seriesQuery } from './queries';
import { eventTexts } from './texts';

const HEIGHT = 120;
const MILLIS = 1_000;
/** Tokens that are told apart by everybody. */
const COLORS = ['accent', 'info', 'warning', 'fatal', 'error'];
const COUNTS = /^(count|sum|epm|eps)/;

/** The first figure that is a number and no time. */
function drawn(figures: readonly string[]): string | undefined {
  return figures.find((figure) => !/^(first|last)_seen/.test(figure));
}

/** How much there was over the time, by level or by group; dragging over it chooses a part. */
export function EventsChart({ search }: { search: Asked }) {
  const navigate = useNavigate({ from: '/events' });
  const group = groupOf(search);
  const isGrouped = group.length > 0;
  const figure = isGrouped ? drawn(figuresOf(search)) : 'count()';
  const asked = useQuery({
    ...seriesQuery(search, figure ?? 'count()', isGrouped ? group : ['level']),
    enabled: figure !== undefined,
  });
  const marks = useDeploymentMarks(scopeQuery(search));
  const isFaulty = queryFault(asked.error) !== undefined;
  const kept = useKept(asked.data);
  const data = isFaulty ? kept : asked.data;
  const { times, series } = useMemo(() => {
    const empty = { times: [] as number[], series: [] as Series[] };
    if (!data) return empty;
    const step = data.interval * MILLIS;
    const begin = Date.parse(data.start);
    const count = Math.max(1, Math.round((Date.parse(data.end) - begin) / step));
    return {
      times: Array.from({ length: count }, (_, index) => begin + index * step),
      series: data.series.map((one, index): Series => {
        const values = Object.values(one.group).map((value) => textOf(value) || eventTexts.unset);
        return {
          label: values.join(', '),
          color: isGrouped ? (COLORS[index % COLORS.length] ?? 'accent') : levelOf(values[0]),
          values: one.values.map(([, value]) => value ?? null),
        };
      }),
    };
  }, [data, isGrouped]);
  if (figure === undefined) return <p className="events-chart meta">{eventTexts.noFigure}</p>;
  if (!data) {
    // No chart of zeros, which would say that nothing came.
    return <div className="events-chart">{!isFaulty && <Missing asked={asked} rows={3} />}</div>;
  }
  return (
    <div className="events-chart" data-stale={asked.isPlaceholderData || undefined}>
      <TimeChart
        title={isGrouped ? eventTexts.overTime(eventTexts.column(figure)) : eventTexts.chart}
        times={times}
        series={series}
        kind={COUNTS.test(figure) && !figure.startsWith('count_unique') ? 'bars' : 'lines'}
        height={HEIGHT}
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
