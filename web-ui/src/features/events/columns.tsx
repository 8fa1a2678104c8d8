import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Explored } from '../../api/model';
import { Count } from '../../ui/Count';
import type { Column } from '../../ui/DataTable';
import { LevelMark } from '../../ui/LevelMark';
import { SdkText } from '../../ui/SdkText';
import { When } from '../../ui/When';
import { exactNumber } from '../../ui/format';
import { ColumnHead } from './ColumnHead';
import { eventTexts } from './texts';

export type ExploredRow = Explored['data'][number];
type Types = Explored['meta']['fields'];

const nothing = <span className="meta">–</span>;

/** A value as a text; nothing if there is none. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}

const EXACT = 3;

/** A value by its type. */
export function shown(value: unknown, type: string | undefined): ReactNode {
  const text = textOf(value);
  if (text === undefined) return nothing;
  if (type === 'date') return <When at={text} form="local" />;
  if (typeof value === 'number') {
    if (type === 'integer') return <Count value={value} />;
    if (type === 'percentage') return `${(value * 100).toFixed(1)} %`;
    const rounded = Number(value.toFixed(EXACT));
    return <span title={text}>{`${exactNumber(rounded)}${type === 'duration' ? ' ms' : ''}`}</span>;
  }
  return text === '' ? nothing : <SdkText inList>{text}</SdkText>;
}

/** Where an event is shown whole: on the page of its issue. */
export function placeOf(row: ExploredRow): { issue: number; event: string } | undefined {
  const issue = row['issue.id'];
  const event = row['id'];
  return typeof issue === 'number' && typeof event === 'string' ? { issue, event } : undefined;
}

function EventLink({ row, children }: { row: ExploredRow; children: ReactNode }) {
  const place = placeOf(row);
  if (!place) return children;
  return (
    <Link
      className="event-link"
      to="/issues/$id"
      params={{ id: place.issue }}
      search={{ event: place.event }}
      preload="intent"
    >
      {children}
    </Link>
  );
}

type Shape = Partial<Pick<Column<ExploredRow>, 'width' | 'from' | 'align' | 'cell'>>;

const SHAPES: Readonly<Record<string, Shape>> = {
  timestamp: { width: '172px', from: 'tablet' },
  received: { width: '172px' },
  issue: { width: '96px', from: 'desk' },
  level: { width: '20px', cell: (row) => <LevelMark level={textOf(row['level'])} /> },
  title: {
    width: 'minmax(200px, 2fr)',
    cell: (row) => (
      <EventLink row={row}>
        <SdkText inList>{textOf(row['title']) || '–'}</SdkText>
      </EventLink>
    ),
  },
  project: { width: '110px', from: 'tablet' },
  environment: { width: '110px', from: 'tablet' },
  release: { width: '140px', from: 'desk' },
  user: { width: '150px', from: 'desk' },
  culprit: { width: 'minmax(140px, 1fr)', from: 'tablet' },
  message: { width: 'minmax(140px, 1fr)', from: 'tablet' },
  platform: { width: '100px', from: 'tablet' },
  id: {
    width: '90px',
    from: 'tablet',
    cell: (row) => {
      const id = textOf(row['id']) ?? '';
      return <code title={id}>{id.slice(0, 8)}</code>;
    },
  },
};

const NUMBERS = new Set(['integer', 'number', 'duration', 'percentage']);

export interface ColumnsProps {
  types: Types | undefined;
  widths: Readonly<Record<string, number>>;
  resize: (name: string, width: number) => void;
  /** What the list is sorted by, as the address says it. */
  sort: string | undefined;
  onSort: (sort: string) => void;
}

function column(
  name: string,
  shape: Shape,
  { types, widths, resize, sort, onSort }: ColumnsProps,
  onDrop?: (dropped: string) => void,
): Column<ExploredRow> {
  const type = types?.[name];
  const width = widths[name];
  const words = eventTexts.column(name);
  const isFalling = sort === `-${name}`;
  return {
    name,
    // What sorts is a button, which holds no other control.
    head: onDrop ? (
      <ColumnHead name={name} width={width} onResize={(wanted) => resize(name, wanted)} onDrop={onDrop}>
        {name === 'level' && width === undefined ? <span className="sr-only">{words}</span> : words}
      </ColumnHead>
    ) : (
      words
    ),
    width: width === undefined ? (shape.width ?? 'minmax(110px, 1fr)') : `${width}px`,
    ...(shape.from ? { from: shape.from } : {}),
    ...(type && NUMBERS.has(type) ? { align: 'end' as const } : {}),
    cell: shape.cell ?? ((row) => shown(row[name], type)),
    ...(onDrop
      ? {}
      : {
          sort: () => onSort(isFalling ? name : `-${name}`),
          sorted: isFalling ? ('descending' as const) : sort === name ? ('ascending' as const) : undefined,
        }),
  };
}

/** The chosen columns of single events, in the chosen order. */
export function eventColumns(
  names: readonly string[],
  props: ColumnsProps,
  onMove: (name: string, before: string) => void,
): Column<ExploredRow>[] {
  return names.map((name) => {
    const shape = SHAPES[name] ?? { from: 'tablet' };
    return column(name, shape, props, (dropped) => onMove(dropped, name));
  });
}

/** What makes groups, and their figures; the first leads to the events of the group. */
export function groupColumns(
  group: readonly string[],
  figures: readonly string[],
  props: ColumnsProps,
  onOpen: (row: ExploredRow) => void,
): Column<ExploredRow>[] {
  return [
    ...group.map((name, index) =>
      column(
        name,
        {
          width: 'minmax(110px, 2fr)',
          cell: (row) => {
            const text = textOf(row[name]) || eventTexts.unset;
            return index === 0 ? (
              <button
                type="button"
                className="group-link"
                title={eventTexts.showEvents}
                onClick={() => onOpen(row)}
              >
                <SdkText inList>{text}</SdkText>
              </button>
            ) : (
              shown(row[name], props.types?.[name])
            );
          },
        },
        props,
      ),
    ),
    ...figures.map((name, index) =>
      column(name, { width: '120px', ...(index > 1 ? { from: 'tablet' } : {}) }, props),
    ),
  ];
}
