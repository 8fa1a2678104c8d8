import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type CSSProperties, type ReactNode, memo, useEffect, useMemo, useRef } from 'react';
import { texts } from '../texts/en';
import './DataTable.css';
import { DESK, PHONE, useMedia } from './useMedia';

export interface Column<T> {
  name: string;
  head: ReactNode;
  /** A width of CSS grid: "120px", "minmax(0, 1fr)". */
  width: string;
  cell: (row: T) => ReactNode;
  align?: 'end';
  /** The smallest window that has room for it; absent for all. */
  from?: 'tablet' | 'desk';
  /** Makes the head a button. */
  sort?: () => void;
  sorted?: 'ascending' | 'descending' | undefined;
}

interface DataTableProps<T> {
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string | number;
  /** In pixels; rows have one height, so that none has to be measured. */
  rowHeight?: number;
  /** How many there are in all; -1 if nobody knows. */
  total?: number;
  /** The row that keys act on. */
  current?: string | number | undefined;
  isSelected?: (row: T) => boolean;
  /** Called when the end comes in sight. */
  onEnd?: (() => void) | undefined;
  onRowClick?: (row: T) => void;
  /** The old answer to an older question. */
  stale?: boolean;
}

interface RowProps<T> {
  row: T;
  index: number;
  top: number;
  height: number;
  columns: readonly Column<T>[];
  template: string;
  isCurrent: boolean;
  isSelected: boolean;
  onClick: ((row: T) => void) | undefined;
}

function Row<T>({ row, index, top, height, columns, template, isCurrent, isSelected, onClick }: RowProps<T>) {
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the link in the row does the same by keyboard
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected || undefined}
      className="table-row"
      data-current={isCurrent || undefined}
      data-selected={isSelected || undefined}
      style={{ transform: `translateY(${top}px)`, height, '--columns': template } as CSSProperties}
      onClick={onClick && (() => onClick(row))}
    >
      {columns.map((column) => (
        <div
          key={column.name}
          role="cell"
          className={column.align === 'end' ? 'table-cell num' : 'table-cell'}
        >
          {column.cell(row)}
        </div>
      ))}
    </div>
  );
}
const MemoRow = memo(Row) as typeof Row;

function useColumnsWithRoom<T>(columns: readonly Column<T>[]): readonly Column<T>[] {
  const isPhone = useMedia(PHONE);
  const isDesk = useMedia(DESK);
  return useMemo(
    () => columns.filter(({ from }) => from === undefined || (from === 'tablet' ? !isPhone : isDesk)),
    [columns, isPhone, isDesk],
  );
}

/** Rows of one height, of which only those in sight are in the document. It fills its place and scrolls inside. */
export function DataTable<T>(props: DataTableProps<T>) {
  const { rows, rowKey, rowHeight = 36, total = -1, current, onEnd } = props;
  const columns = useColumnsWithRoom(props.columns);
  const body = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- its functions are not kept
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? -1;
  useEffect(() => {
    if (onEnd && last >= rows.length - 10) onEnd();
  }, [last, rows.length, onEnd]);
  const currentIndex = current === undefined ? -1 : rows.findIndex((row) => rowKey(row) === current);
  useEffect(() => {
    if (currentIndex >= 0) virtual.scrollToIndex(currentIndex, { align: 'auto' });
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- only a move scrolls, not a new virtualizer
  }, [currentIndex]);
  const template = columns.map((column) => column.width).join(' ');
  return (
    <div
      ref={scroller}
      className="table"
      role="table"
      aria-label={props.label}
      aria-rowcount={total < 0 ? -1 : total + 1}
      data-stale={props.stale || undefined}
    >
      <div role="rowgroup" className="table-head">
        <div
          role="row"
          aria-rowindex={1}
          className="table-heads"
          style={{ '--columns': template } as CSSProperties}
        >
          {columns.map((column) => (
            <div
              key={column.name}
              role="columnheader"
              aria-sort={column.sorted}
              className={column.align === 'end' ? 'table-th num' : 'table-th'}
            >
              {column.sort ? (
                <button
                  type="button"
                  className="table-sort"
                  title={texts.table.sortedBy(column.name)}
                  onClick={column.sort}
                >
                  {column.head}
                  {column.sorted === 'descending' && <ArrowDown aria-hidden />}
                  {column.sorted === 'ascending' && <ArrowUp aria-hidden />}
                </button>
              ) : (
                column.head
              )}
            </div>
          ))}
        </div>
      </div>
      <div ref={body} role="rowgroup" className="table-body" style={{ height: virtual.getTotalSize() }}>
        {shown.map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          const key = rowKey(row);
          return (
            <MemoRow
              key={key}
              row={row}
              index={item.index}
              top={item.start}
              height={rowHeight}
              columns={columns}
              template={template}
              isCurrent={key === current}
              isSelected={props.isSelected?.(row) ?? false}
              onClick={props.onRowClick}
            />
          );
        })}
      </div>
    </div>
  );
}
