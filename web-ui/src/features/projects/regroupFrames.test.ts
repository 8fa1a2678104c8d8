import { expect, it } from 'vitest';
import { topFrames } from './regroupFrames';

const frame = (lineno: number, in_app: boolean) => ({ filename: 'a.ts', function: 'f', lineno, in_app });

it('shows the frames of the program that are nearest to the crash', () => {
  const frames = [...Array.from({ length: 7 }, (_, index) => frame(index, true)), frame(99, false)];
  expect(topFrames(frames).map((one) => one.place)).toEqual([
    'a.ts:6',
    'a.ts:5',
    'a.ts:4',
    'a.ts:3',
    'a.ts:2',
  ]);
});

it('shows those of libraries where there are no others, whatever they hold', () => {
  expect(topFrames([frame(1, false), 'nonsense', { module: 'shop.Pay' }])).toEqual([
    { place: 'shop.Pay', name: undefined },
    { place: '?', name: undefined },
    { place: 'a.ts:1', name: 'f' },
  ]);
});
