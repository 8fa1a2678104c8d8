import type { DashboardWidget } from '../../api/model';

/** Where widgets are in the grid: places are moved and resized here, on numbers alone. */

export type Layout = DashboardWidget['layout'];
export const COLUMNS = 12;
const MOST_ROWS = 20;
const LAST_ROW = 500;

function overlap(one: Layout, other: Layout): boolean {
  return (
    one.x < other.x + other.w &&
    other.x < one.x + one.w &&
    one.y < other.y + other.h &&
    other.y < one.y + one.h
  );
}

const between = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));

/** A place that is in the grid. */
export function inGrid({ x, y, w, h }: Layout): Layout {
  const width = between(w, 1, COLUMNS);
  return {
    x: between(x, 0, COLUMNS - width),
    y: between(y, 0, LAST_ROW),
    w: width,
    h: between(h, 1, MOST_ROWS),
  };
}

/** The indexes of places from the top on, those of a row from the left. */
export function inOrder(layouts: readonly Layout[]): number[] {
  return layouts
    .map((_, index) => index)
    .toSorted((one, other) => {
      const [a, b] = [layouts[one], layouts[other]];
      return a && b ? a.y - b.y || a.x - b.x : 0;
    });
}

/** The places with one of them changed, which stays where it is put: what it lies on then moves down. */
export function placed(layouts: readonly Layout[], index: number, wanted: Layout): Layout[] {
  const result = [...layouts];
  result[index] = inGrid(wanted);
  const settled: Layout[] = [result[index]];
  for (const other of inOrder(layouts)) {
    let layout = layouts[other];
    if (other === index || !layout) continue;
    for (let hit = find(settled, layout); hit; hit = find(settled, layout)) {
      layout = { ...layout, y: hit.y + hit.h };
    }
    result[other] = layout;
    settled.push(layout);
  }
  return result;
}

function find(settled: readonly Layout[], layout: Layout): Layout | undefined {
  return settled.find((one) => overlap(one, layout));
}

/** Each place as far up as there is room. */
export function withoutGaps(layouts: readonly Layout[]): Layout[] {
  const result = [...layouts];
  const settled: Layout[] = [];
  for (const index of inOrder(layouts)) {
    const layout = layouts[index];
    if (!layout) continue;
    let y = layout.y;
    while (y > 0 && !find(settled, { ...layout, y: y - 1 })) y--;
    result[index] = { ...layout, y };
    settled.push(result[index]);
  }
  return result;
}

/** The first free row below everything. */
export function below(layouts: readonly Layout[]): number {
  return Math.max(0, ...layouts.map(({ y, h }) => y + h));
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The columns and rows that a key stands for. */
export function stepOf(key: string): readonly [number, number] | undefined {
  return STEPS[key];
}
