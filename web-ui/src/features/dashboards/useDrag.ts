import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { COLUMNS, type Layout, inGrid, stepOf } from './layout';

export const ROW = 56;
export const GAP = 12;

/** How a drag of so many columns and rows changes a place. */
export type Change = (layout: Layout, columns: number, rows: number) => Layout;

export const moved: Change = (layout, columns, rows) => ({
  ...layout,
  x: layout.x + columns,
  y: layout.y + rows,
});

export const resized: Change = (layout, columns, rows) => ({
  ...layout,
  w: Math.min(Math.max(1, layout.w + columns), COLUMNS - layout.x),
  h: layout.h + rows,
});

interface Drag {
  x: number;
  y: number;
  layout: Layout;
  from: ReadonlyMap<number, Layout>;
}

interface Props {
  layout: Layout;
  change: Change;
  places: () => ReadonlyMap<number, Layout>;
  /** Puts the widget somewhere; with places, as if nothing had been moved since these. */
  place: (layout: Layout, from?: ReadonlyMap<number, Layout>) => void;
}

/** What a handle needs to be dragged by pointer, and moved by arrow keys. */
export function useDrag({ layout, change, places, place }: Props) {
  const drag = useRef<Drag | undefined>(undefined);
  const step = (event: PointerEvent<HTMLElement>, axis: 'x' | 'y', from: Drag): number => {
    if (axis === 'y') return Math.round((event.clientY - from.y) / (ROW + GAP));
    const grid = event.currentTarget.closest('.board')?.clientWidth ?? 0;
    return grid === 0 ? 0 : Math.round((event.clientX - from.x) / ((grid + GAP) / COLUMNS));
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      drag.current = { x: event.clientX, y: event.clientY, layout, from: places() };
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const from = drag.current;
      if (!from) return;
      const wanted = inGrid(change(from.layout, step(event, 'x', from), step(event, 'y', from)));
      const isThere =
        wanted.x === layout.x && wanted.y === layout.y && wanted.w === layout.w && wanted.h === layout.h;
      if (!isThere) place(wanted, from.from);
    },
    onPointerUp: () => {
      drag.current = undefined;
    },
    onPointerCancel: () => {
      drag.current = undefined;
    },
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      const by = stepOf(event.key);
      if (!by) return;
      event.preventDefault();
      place(inGrid(change(layout, ...by)));
    },
  };
}
