import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { TimeChart } from '../../ui/TimeChart';
import type { ContentProps } from './WidgetContent';
import { WidgetEmpty, WidgetMissing } from './WidgetState';
import { figure } from './figures';
import { seriesQuery } from './queries';
import { chartOf, isEmpty, typeOf } from './series';
import { useLeads } from './useLeads';

const DRAWN = { line: 'lines', area: 'areas', bar: 'bars' } as const;

/** Figures over time. A click leads to what happened in the interval; a drag narrows the time of the page. */
export function ChartContent({ widget, scope, filter, height }: ContentProps) {
  const question = { widget, scope, filter };
  const asked = useQuery(seriesQuery(question));
  const leads = useLeads(question);
  const navigate = useNavigate();
  const chart = useMemo(() => (asked.data ? chartOf(asked.data) : undefined), [asked.data]);
  if (!chart || asked.error) return <WidgetMissing asked={asked} />;
  if (isEmpty(chart.series)) return <WidgetEmpty />;
  const type = typeOf(widget.y?.[0] ?? '');
  const kind = widget.kind === 'area' || widget.kind === 'bar' ? DRAWN[widget.kind] : DRAWN.line;
  return (
    <TimeChart
      // What a chart is made with changes with these.
      key={`${kind} ${height} ${type ?? ''}`}
      title={widget.title}
      untitled
      times={chart.times}
      series={chart.series}
      kind={kind}
      height={height}
      format={(value) => figure(value, type)}
      {...(leads.interval ? { onBar: leads.interval } : {})}
      onRange={(start, end) =>
        void navigate({
          to: '.',
          search: (before) => ({
            ...before,
            range: undefined,
            start: start.toISOString(),
            end: end.toISOString(),
          }),
        })
      }
    />
  );
}
