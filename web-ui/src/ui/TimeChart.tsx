import { useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { texts } from '../texts/en';
import { type Mark, Marks } from './Marks';
import './TimeChart.css';
import { exactNumber, localTime, shortNumber } from './format';

export interface Series {
  label: string;
  /** The name of a token without its dashes: "error", "accent". */
  color: string;
  values: readonly (number | null)[];
}

interface TimeChartProps {
  title: string;
  /** The beginnings of the intervals, all equally long, in milliseconds since 1970. */
  times: readonly number[];
  series: readonly Series[];
  /** Bars and areas stand on one another; lines for what is no count. */
  kind?: 'bars' | 'areas' | 'lines';
  /** The title stands elsewhere on the page. */
  untitled?: boolean;
  /** How figures are written that are no counts. */
  format?: (value: number) => string;
  /** What the axis begins at; 0 if it is not said. */
  least?: number;
  height?: number;
  /** What is shown as lines over the chart, and as a list below the table. */
  marks?: readonly Mark[];
  /** What the marks are; deployments if it is not said. */
  marksLabel?: string;
  /** Called with the interval that was clicked. */
  onBar?: (start: Date, end: Date) => void;
  /** Called with what was dragged over. */
  onRange?: (start: Date, end: Date) => void;
}

function colorOf(token: string): string {
  // A canvas takes no light-dark(): the browser is asked what it comes to.
  const probe = document.createElement('span');
  probe.style.color = `var(--${token})`;
  document.body.append(probe);
  const color = getComputedStyle(probe).color;
  probe.remove();
  return color;
}

/** Each series on top of those before it; the last drawn first, so that the lower ones cover it. */
function stacked(series: readonly Series[]): (number | null)[][] {
  const sums: number[] = [];
  return series.map((one) =>
    one.values.map((value, index) => {
      sums[index] = (sums[index] ?? 0) + (value ?? 0);
      return sums[index];
    }),
  );
}

/** The places of values without neighbours: a line of one point is not seen. */
function lonely(values: ArrayLike<number | null | undefined>): number[] {
  const known = (index: number) => typeof values[index] === 'number';
  return Array.from(values, (_, index) => index).filter(
    (index) => known(index) && !known(index - 1) && !known(index + 1),
  );
}

function useThemeChanges(): number {
  const [changes, setChanges] = useState(0);
  useEffect(() => {
    const changed = () => setChanges((count) => count + 1);
    const observer = new MutationObserver(changed);
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    const media = window.matchMedia('(prefers-color-scheme: dark)');
    media.addEventListener('change', changed);
    return () => {
      observer.disconnect();
      media.removeEventListener('change', changed);
    };
  }, []);
  return changes;
}

/** How long a bar is for. */
function barSeconds([first = 0, second]: readonly number[]): number {
  return second === undefined ? 1 : (second - first) / 1_000;
}

function optionsOf(
  props: TimeChartProps,
  width: number,
  selected: (from: number, to: number) => void,
): uPlot.Options {
  const { series, kind = 'bars', least = 0, height = 160, onRange, format } = props;
  const axis: uPlot.Axis = {
    stroke: colorOf('ink-3'),
    font: '11px "IBM Plex Sans Variable", sans-serif',
    grid: { stroke: colorOf('line'), width: 1 },
    ticks: { show: false },
  };
  const drawn = series.toReversed().map((one): uPlot.Series =>
    kind === 'bars'
      ? {
          label: one.label,
          fill: colorOf(one.color),
          width: 0,
          points: { show: false },
          paths: uPlot.paths.bars!({ size: [0.9, 40], align: 1 }),
        }
      : {
          label: one.label,
          stroke: colorOf(one.color),
          width: 1.5,
          ...(kind === 'areas' ? { fill: colorOf(one.color) } : {}),
          points: { show: false, filter: (chart, index) => lonely(chart.data[index] ?? []) },
        },
  );
  return {
    width,
    height,
    legend: { show: false },
    padding: [8, 20, 0, 0],
    cursor: {
      y: false,
      points: { show: false },
      drag: { x: onRange !== undefined, y: false, setScale: false },
    },
    series: [{}, ...drawn],
    scales: {
      // A bar begins at its time, so that the last one needs room behind it.
      ...(kind === 'bars' ? { x: { range: (_, from, to) => [from, to + barSeconds(props.times)] } } : {}),
      y: { range: (_, __, most) => [least, above(most, least, format !== undefined)] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 28,
        space: 72,
        values: (_, splits, __, ___, increment) => splits.map((at) => tick(at, increment)),
      },
      {
        ...axis,
        size: 44,
        space: 36,
        values: (_, splits) =>
          splits.map((value) => format?.(value) ?? (Number.isInteger(value) ? shortNumber(value) : '')),
      },
    ],
    hooks: {
      setSelect: [
        (chart) => {
          if (chart.select.width > 2)
            selected(
              chart.posToVal(chart.select.left, 'x'),
              chart.posToVal(chart.select.left + chart.select.width, 'x'),
            );
          chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        },
      ],
    },
  };
}

/** Where the axis ends: a little above the highest; for counts never below one. */
function above(most: number, least: number, mayBeSmall: boolean): number {
  const end = most + (most - least) * 0.05;
  return mayBeSmall && end > least ? end : Math.max(least + 1, end);
}

const DAY_SECONDS = 86_400;

function tick(seconds: number, increment: number): string {
  const [day = '', time = ''] = localTime(new Date(seconds * 1_000)).split(' ');
  return increment >= DAY_SECONDS ? day.slice(5) : time.slice(0, 5);
}

/** Counts or figures over time. The same numbers are there as a table. */
export function TimeChart(props: TimeChartProps) {
  const {
    title,
    times,
    series,
    kind = 'bars',
    marks = [],
    marksLabel = texts.chart.deployments,
    untitled = false,
    format,
    onBar,
  } = props;
  const [asTable, setAsTable] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const [plot, setPlot] = useState<{ over: HTMLElement; from: number; to: number }>();
  const latest = useRef(props);
  const themes = useThemeChanges();
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    const element = place.current;
    if (!element || asTable) return undefined;
    const current = latest.current;
    const rows = kind !== 'lines' ? stacked(current.series) : current.series.map((one) => [...one.values]);
    const data: uPlot.AlignedData = [current.times.map((at) => at / 1_000), ...rows.toReversed()];
    let isDragged = false;
    const options = optionsOf(current, element.clientWidth, (from, to) => {
      isDragged = true;
      latest.current.onRange?.(new Date(from * 1_000), new Date(to * 1_000));
    });
    const chart = new uPlot(options, data, element);
    chart.over.addEventListener('mousedown', () => {
      isDragged = false;
    });
    chart.over.addEventListener('click', (click) => {
      // A mark over the bars is clicked by itself.
      if (isDragged || click.target !== chart.over) return;
      const bar = barAt(latest.current.times, chart.posToVal(click.offsetX, 'x') * 1_000);
      if (bar) latest.current.onBar?.(...bar);
    });
    const { min = 0, max = 0 } = chart.scales['x'] ?? {};
    setPlot({ over: chart.over, from: min * 1_000, to: max * 1_000 });
    const sizes = new ResizeObserver(() =>
      chart.setSize({ width: element.clientWidth, height: options.height }),
    );
    sizes.observe(element);
    return () => {
      sizes.disconnect();
      setPlot(undefined);
      chart.destroy();
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- what the chart shows is read from the latest properties
  }, [times, series, kind, asTable, themes]);
  const totals = times.map((_, index) => series.reduce((sum, one) => sum + (one.values[index] ?? 0), 0));
  const most = Math.max(0, ...totals);
  const peakAt = times[totals.indexOf(most)];
  return (
    <figure className="time-chart">
      <figcaption className="time-chart-head">
        {!untitled && <h2>{title}</h2>}
        {kind === 'bars' && (
          <span className="meta">
            {texts.chart.sum(exactNumber(totals.reduce((sum, one) => sum + one, 0)))}
            {most > 0 &&
              peakAt !== undefined &&
              `, ${texts.chart.peak(exactNumber(most), localTime(new Date(peakAt)))}`}
          </span>
        )}
        <span className="time-chart-legend">
          {series.length > 1 &&
            series.map((one) => (
              <span key={one.label} className="meta">
                <span className="time-chart-swatch" style={{ background: `var(--${one.color})` }} />
                {one.label}
              </span>
            ))}
          <button type="button" className="time-chart-switch" onClick={() => setAsTable(!asTable)}>
            {asTable ? texts.chart.chart : texts.chart.table}
          </button>
        </span>
      </figcaption>
      {asTable ? (
        <>
          <Numbers times={times} series={series} format={format} onBar={onBar} />
          {marks.length > 0 && (
            <ul className="marks-list" aria-label={marksLabel}>
              {marks.map(({ key, link }) => (
                <li key={key}>{link}</li>
              ))}
            </ul>
          )}
        </>
      ) : (
        <div ref={place} />
      )}
      {plot &&
        createPortal(
          <Marks
            label={marksLabel}
            marks={marks}
            from={plot.from}
            to={plot.to}
            until={Math.max(plot.to, (times.at(-1) ?? 0) + ((times[1] ?? 0) - (times[0] ?? 0)))}
          />,
          plot.over,
        )}
    </figure>
  );
}

function figureOf(value: number | null | undefined, format: TimeChartProps['format']): string {
  if (value === null || value === undefined) return '–';
  return format?.(value) ?? String(value);
}

/** The interval that a moment is in; none before the first one. */
function barAt(times: readonly number[], at: number): [Date, Date] | undefined {
  const index = times.findLastIndex((begin) => begin <= at);
  const begin = times[index];
  const interval = (times[1] ?? 0) - (times[0] ?? 0);
  if (begin === undefined || interval <= 0) return undefined;
  return [new Date(begin), new Date(begin + interval)];
}

interface NumbersProps {
  times: readonly number[];
  series: readonly Series[];
  format: TimeChartProps['format'];
  onBar: TimeChartProps['onBar'];
}

function Numbers({ times, series, format, onBar }: NumbersProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reachable by keyboard
    <div className="time-chart-table" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{texts.chart.time}</th>
            {series.map((one) => (
              <th key={one.label} scope="col" className="num">
                {one.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {times.map((at, index) => (
            <tr key={at}>
              <th scope="row">
                {onBar ? (
                  <button
                    type="button"
                    className="time-chart-switch"
                    onClick={() => {
                      const bar = barAt(times, at);
                      if (bar) onBar(...bar);
                    }}
                  >
                    {localTime(new Date(at))}
                  </button>
                ) : (
                  localTime(new Date(at))
                )}
              </th>
              {series.map((one) => (
                <td key={one.label} className="num">
                  {figureOf(one.values[index], format)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
