import { expect, test, vi } from 'vitest';
import { exceptions, frames, images, json } from '../src/stack.js';

const calls = (stack: string) =>
  frames(stack).map((call) => `${call.function} ${call.filename} ${call.lineno}:${call.colno}`);

test('stacks of Chrome are read, the oldest call first', () => {
  const stack = `RangeError: no (really)
    at pay (https://shop.example/a(1).js:1:2034)
    at async Promise.all (index 0)
    at async Cart.check [as run] (https://shop.example/@cart/b.js:3:4)
    at new Cart (webpack-internal:///./src/cart.ts:5:6)
    at Array.map (<anonymous>)
    at async https://shop.example/c.js:7:8
    at https://shop.example/(group)/d.js:9:10`;

  expect(calls(stack)).toEqual([
    '? https://shop.example/(group)/d.js 9:10',
    '? https://shop.example/c.js 7:8',
    'new Cart webpack-internal:///./src/cart.ts 5:6',
    'Cart.check [as run] https://shop.example/@cart/b.js 3:4',
    'pay https://shop.example/a(1).js 1:2034',
  ]);
});

test('stacks of Firefox and Safari are read', () => {
  const firefox = 'pay@https://shop.example/@cart/a.js:1:2034\nasync*check/<@https://shop.example/b.js:3:4\n';
  const safari =
    'https://shop.example/@cart/a.js:1:2034\nmap@[native code]\nglobal code@https://shop.example/b.js:3:4';

  expect(calls(firefox)).toEqual([
    'async*check/< https://shop.example/b.js 3:4',
    'pay https://shop.example/@cart/a.js 1:2034',
  ]);
  expect(calls(safari)).toEqual([
    'global code https://shop.example/b.js 3:4',
    '? https://shop.example/@cart/a.js 1:2034',
  ]);
});

test('of long stacks the newest 50 calls are kept', () => {
  const stack = Array.from({ length: 80 }, (_, line) => `    at f (https://a.example/a.js:${line + 1}:1)`);

  const found = frames(stack.join('\n'));

  expect(found).toHaveLength(50);
  expect(found.at(-1)!.lineno).toBe(1);
});

test('lines of a message are no calls', () => {
  const error = new Error('failed\n    at pay (https://shop.example/a.js:1:2)');

  expect(exceptions(error)[0]!.stacktrace!.frames.map((call) => call.filename)).not.toContain(
    'https://shop.example/a.js',
  );
});

test('causes come before what they caused, and circles end', () => {
  const cause = new TypeError('inner');
  const thrown = new RangeError('outer', { cause });
  const circle = new Error('circle');
  circle.cause = circle;

  expect(exceptions(thrown).map(({ type, value }) => `${type}: ${value}`)).toEqual([
    'TypeError: inner',
    'RangeError: outer',
  ]);
  expect(exceptions(circle)).toHaveLength(5);
});

test.each([
  ['a text', 'a text'],
  [undefined, 'undefined'],
  [null, 'null'],
  [0, '0'],
  [Symbol('s'), 'Symbol(s)'],
  [{ code: 7 }, '{"code":7}'],
  [Object.assign(Object.create(null) as object, { code: 7n }), '{"code":"7"}'],
])('whatever is thrown has a value: %s', (thrown, value) => {
  expect(exceptions(thrown)).toEqual([{ type: 'Error', value }]);
});

test('JSON is made of what is inside of itself, and of nodes', () => {
  const shared = { a: 1 };
  const circle: Record<string, unknown> = {
    one: shared,
    two: shared,
    node: document.body,
    error: new Error('e'),
  };
  circle.self = circle;

  expect(JSON.parse(json(circle))).toEqual({
    one: { a: 1 },
    two: { a: 1 },
    node: 'BODY',
    error: 'Error: e',
    self: '[Circular]',
  });
});

test('debug ids are those of the files in the stack trace', () => {
  vi.stubGlobal('_sentryDebugIds', {
    'Error\n    at https://shop.example/a.js:1:90\n    at https://shop.example/loader.js:1:5': 'id-a',
    'Error\n    at https://shop.example/b.js:1:90': 'id-b',
  });
  const [value] = exceptions(new Error('x'));
  value!.stacktrace = { frames: frames('    at pay (https://shop.example/a.js:2:3)') };

  expect(images([value!])).toEqual({
    images: [{ type: 'sourcemap', code_file: 'https://shop.example/a.js', debug_id: 'id-a' }],
  });
  expect(images([])).toBeUndefined();
});

test('stacks without a message in front keep calls that are called like it', () => {
  const firefox = Object.assign(new Error('pay'), {
    stack: 'pay@https://shop.example/a.js:1:2\ncheck@https://shop.example/pay.js:3:4\n',
  });
  const chrome = Object.assign(new Error('pay'), {
    stack: 'Error: pay\n    at pay (https://shop.example/pay.js:1:2)',
  });

  expect(exceptions(firefox)[0]!.stacktrace!.frames).toMatchObject([
    { function: 'check', filename: 'https://shop.example/pay.js' },
    { function: 'pay', filename: 'https://shop.example/a.js' },
  ]);
  expect(exceptions(chrome)[0]!.stacktrace!.frames).toMatchObject([
    { function: 'pay', filename: 'https://shop.example/pay.js' },
  ]);
});

test('a stack of nothing but a message has no calls', () => {
  const message = 'failed\n    at pay (https://shop.example/a.js:1:2)';

  expect(exceptions(Object.assign(new Error(message), { stack: `Error: ${message}` }))).toEqual([
    { type: 'Error', value: message },
  ]);
});

test.each([
  [
    { name: 7, message: { code: 7 }, stack: 7 },
    { type: '7', value: '{"code":7}' },
  ],
  [
    { name: Symbol('s'), message: undefined, stack: undefined },
    { type: 'Symbol(s)', value: '' },
  ],
  [
    { name: undefined, message: ['a', 1], stack: ['a'] },
    { type: 'Error', value: 'a,1' },
  ],
])('errors whose parts are no texts are sent too: %o', (parts, value) => {
  expect(exceptions(Object.assign(new Error('x'), parts))).toEqual([value]);
});
