import { expect, test } from 'vitest';
import type { FrameLink } from '../../api/model';
import { lineName, linksOf } from './codeLinks';
import type { Frame } from './frames';

const link = (exception: number | null, frame: number, line: number): FrameLink => ({
  exception,
  frame,
  line,
  path: `shop/${exception ?? 'thread'}.py`,
  url: 'https://git.example/acme/shop',
});
const frame = (index: number, line: number) => ({ index, line }) as Frame;

test('a frame has the link of its exception, which the page shows in the opposite order', () => {
  const links = [link(1, 3, 42), link(0, 3, 9)];

  expect(linksOf(links, 0, 2)(frame(3, 42))?.path).toBe('shop/1.py');
  expect(linksOf(links, 1, 2)(frame(3, 9))?.path).toBe('shop/0.py');
  expect(linksOf(links, 0, 2)(frame(2, 42))).toBeUndefined();
});

test('the stack of a thread has links where it is shown', () => {
  const links = [link(null, 0, 3)];

  expect(linksOf(links, 0, 1)(frame(0, 3))?.path).toBe('shop/thread.py');
  expect(linksOf(links, 1, 2)(frame(0, 3))).toBeUndefined();
});

test('a link of another line is not shown', () => {
  expect(linksOf([link(0, 0, 3)], 0, 1)(frame(0, 4))).toBeUndefined();
});

test('a line is called by its file', () => {
  expect(lineName(link(1, 0, 42))).toBe('1.py:42');
});
