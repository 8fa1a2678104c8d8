import { expect, test } from 'vitest';
import { type Layout, below, inGrid, inOrder, placed, withoutGaps } from './layout';

const at = (x: number, y: number, w: number, h: number): Layout => ({ x, y, w, h });

function overlapping(layouts: readonly Layout[]): boolean {
  return layouts.some((one, i) =>
    layouts.some(
      (other, j) =>
        i < j &&
        one.x < other.x + other.w &&
        other.x < one.x + one.w &&
        one.y < other.y + other.h &&
        other.y < one.y + one.h,
    ),
  );
}

test('a place stays in the grid', () => {
  expect(inGrid(at(-1, -4, 20, 0))).toEqual(at(0, 0, 12, 1));
  expect(inGrid(at(10, 3, 6, 40))).toEqual(at(6, 3, 6, 20));
});

test('what is moved stays where it is put, and what it lies on moves down', () => {
  const layouts = [at(0, 0, 6, 2), at(6, 0, 6, 2), at(0, 2, 12, 3)];
  expect(placed(layouts, 0, at(6, 0, 6, 2))).toEqual([at(6, 0, 6, 2), at(6, 2, 6, 2), at(0, 4, 12, 3)]);
  expect(placed(layouts, 2, at(0, 0, 12, 3))).toEqual([at(0, 3, 6, 2), at(6, 3, 6, 2), at(0, 0, 12, 3)]);
});

test('what grows moves down what is below it, and nothing beside it', () => {
  const layouts = [at(0, 0, 4, 2), at(4, 0, 4, 2), at(0, 2, 4, 2)];
  expect(placed(layouts, 0, at(0, 0, 4, 3))).toEqual([at(0, 0, 4, 3), at(4, 0, 4, 2), at(0, 3, 4, 2)]);
});

test('whatever is moved wherever, nothing lies on another', () => {
  let seed = 7;
  const random = (most: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % most;
  };
  let layouts = [at(0, 0, 12, 1), at(0, 1, 6, 2), at(6, 1, 6, 4), at(0, 3, 6, 1), at(0, 5, 3, 3)];
  for (let i = 0; i < 300; i++) {
    const index = random(layouts.length);
    layouts = placed(layouts, index, at(random(12), random(10), 1 + random(12), 1 + random(5)));
    expect(overlapping(layouts)).toBe(false);
    layouts = i % 5 === 0 ? withoutGaps(layouts) : layouts;
    expect(overlapping(layouts)).toBe(false);
  }
});

test('gaps are closed from the top on', () => {
  expect(withoutGaps([at(0, 4, 6, 2), at(6, 1, 6, 2), at(0, 9, 12, 1)])).toEqual([
    at(0, 0, 6, 2),
    at(6, 0, 6, 2),
    at(0, 2, 12, 1),
  ]);
});

test('places are read row by row, and a new one is below all', () => {
  const layouts = [at(6, 0, 6, 2), at(0, 4, 6, 2), at(0, 0, 6, 3)];
  expect(inOrder(layouts)).toEqual([2, 0, 1]);
  expect(below(layouts)).toBe(6);
  expect(below([])).toBe(0);
});
