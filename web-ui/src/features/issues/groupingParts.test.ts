import { describe, expect, it } from 'vitest';
import { framesOfStack, framesThatCount, partOf } from './groupingParts';

const frame = (index: number, counts = true) => ({
  id: 'frame',
  index,
  ...(counts ? {} : { contributes: false, hint: 'not in app (SDK)' }),
  children: [{ id: 'function', value: `f${index}` }],
});
const exception = (...frames: object[]) => ({
  id: 'exception',
  children: [
    { id: 'type', value: 'TypeError' },
    { id: 'stacktrace', children: frames },
  ],
});

describe('what an event is grouped by', () => {
  it('is read whatever shape it has', () => {
    expect(partOf('nonsense')).toEqual({
      id: '',
      index: undefined,
      value: undefined,
      parts: [],
      counts: true,
      hint: undefined,
    });
    expect(partOf({ id: 'value', value: '', contributes: false, hint: 'empty' })).toMatchObject({
      value: '',
      counts: false,
      hint: 'empty',
    });
  });

  it('shows frames as they are read, whichever counts', () => {
    const stack = partOf({ id: 'stacktrace', children: [frame(2), frame(3, false), frame(0, false)] });
    expect(framesOfStack(stack).map((one) => one.index)).toEqual([3, 2, 0]);
  });

  it('marks the frames of each exception of a chain', () => {
    const chain = partOf({
      id: 'chain',
      children: [exception(frame(1), frame(4, false)), exception(frame(0))],
    });
    expect(framesThatCount(chain, 2)).toEqual([new Set([1]), new Set([0])]);
    expect(framesThatCount(partOf(exception(frame(7))), 1)).toEqual([new Set([7])]);
  });

  it('marks the frames that stand for {{ default }} in a fingerprint, and none of a stack that was left out', () => {
    const hybrid = partOf({
      id: 'fingerprint',
      children: [exception(frame(2)), { id: 'value', value: 'eu' }],
    });
    expect(framesThatCount(hybrid, 1)).toEqual([new Set([2])]);
    const carried = exception(frame(2));
    Object.assign(carried.children[1]!, { contributes: false, hint: 'only carries its cause' });
    expect(framesThatCount(partOf(carried), 1)).toEqual([new Set()]);
  });

  it('marks nothing where it cannot be told which exception is which', () => {
    const group = { id: 'exceptions', children: [exception(frame(0)), exception(frame(1))] };
    expect(framesThatCount(partOf(group), 2)).toEqual([]);
    expect(framesThatCount(partOf({ id: 'fingerprint', children: [group] }), 2)).toEqual([]);
    expect(framesThatCount(partOf({ id: 'chain', children: [exception(frame(0))] }), 12)).toEqual([]);
  });
});
