import { describe, expect, it } from 'vitest';
import type { Event } from '../../api/model';
import { exceptionsOf, fold, isSymbolicated, missingMapsOf, placeOf, rawTrace } from './frames';

const event = (fields: Partial<Event>) => fields as Event;
const chained = event({
  exception: {
    values: [
      {
        type: 'CouponUnknown',
        value: 'SUMMER26',
        stacktrace: {
          frames: [{ filename: 'coupons.ts', function: 'lookup', lineno: 19, in_app: true }],
        },
      },
      {
        type: 'TypeError',
        value: "reading 'total'",
        stacktrace: {
          frames: [
            { filename: 'main.tsx', function: 'onClick', lineno: 12, in_app: true },
            {
              filename: 'a.js',
              abs_path: '/app/node_modules/react-dom/a.js',
              function: 'x',
              in_app: false,
            },
            {
              filename: 'b.js',
              abs_path: '/app/node_modules/react-dom/b.js',
              function: 'y',
              in_app: false,
            },
            {
              filename: 'src/coupon.ts',
              function: 'apply',
              lineno: 45,
              colno: 7,
              in_app: true,
              pre_context: ['a', 'b'],
              context_line: 'c',
              post_context: ['d'],
              vars: { code: 'X' },
            },
          ],
        },
      },
    ],
  },
});

describe('stack traces', () => {
  it('begin with the newest exception and the frame that failed', () => {
    const exceptions = exceptionsOf(chained);
    expect(exceptions.map((one) => one.type)).toEqual(['TypeError', 'CouponUnknown']);
    const top = exceptions[0]!.frames[0]!;
    expect(placeOf(top)).toBe('src/coupon.ts:45:7');
    expect(top.code).toEqual({ lines: ['a', 'b', 'c', 'd'], from: 43 });
    expect(top.variables).toEqual([['code', 'X']]);
  });

  it('fold what is not ours, by what it belongs to', () => {
    const { frames } = exceptionsOf(chained)[0]!;
    expect(
      fold(frames, 'app').map((part) =>
        part.kind === 'library' ? `${part.frames.length} ${part.from}` : part.frame.function,
      ),
    ).toEqual(['apply', '2 react-dom', 'onClick']);
    expect(fold(frames, 'all')).toHaveLength(4);
  });

  it('fold nothing where nothing is ours', () => {
    const { frames } = exceptionsOf(
      event({
        exception: { values: [{ stacktrace: { frames: [{ function: 'x' }, { function: 'y' }] } }] },
      }),
    )[0]!;
    expect(fold(frames, 'app')).toHaveLength(2);
  });

  it('of an event without exceptions are those of the thread that crashed', () => {
    const threads = {
      values: [{ id: 1 }, { id: 2, crashed: true, stacktrace: { frames: [{ function: 'crash' }] } }],
    };
    expect(exceptionsOf(event({ threads }))[0]!.frames[0]!.function).toBe('crash');
  });

  it('of any shape break nothing', () => {
    for (const exception of [
      null,
      'text',
      7,
      { values: 'x' },
      { values: [null, 3, { stacktrace: { frames: 'none' } }] },
      [],
    ]) {
      expect(() =>
        rawTrace(exceptionsOf(event({ exception: exception as Event['exception'] }))),
      ).not.toThrow();
    }
  });

  it('can be copied as text', () => {
    expect(rawTrace(exceptionsOf(chained)).split('\n')).toEqual([
      "TypeError: reading 'total'",
      '    at apply (src/coupon.ts:45:7)',
      '    at y (b.js)',
      '    at x (a.js)',
      '    at onClick (main.tsx:12)',
      'Caused by CouponUnknown: SUMMER26',
      '    at lookup (coupons.ts:19)',
    ]);
  });
});

describe('frames of minified code', () => {
  const symbolicated = event({
    exception: {
      values: [
        {
          type: 'TypeError',
          stacktrace: { frames: [{ filename: './src/pay.ts', function: 'pay', lineno: 3 }] },
          raw_stacktrace: { frames: [{ filename: '/app.js', function: 't', lineno: 1 }] },
        },
      ],
    },
    errors: [
      { type: 'invalid_data', reason: 'expected a number' },
      { type: 'js_missing_source', reason: 'Release shop@1 has no file ~/b.js.' },
    ],
  });

  it('are shown as the original ones or as they came', () => {
    expect(isSymbolicated(symbolicated)).toBe(true);
    expect(exceptionsOf(symbolicated)[0]!.frames[0]!.function).toBe('pay');
    expect(exceptionsOf(symbolicated, 'minified')[0]!.frames[0]!.function).toBe('t');
  });

  it('are so too where the event itself has the stack trace', () => {
    const own = event({
      stacktrace: { frames: [{ filename: './src/pay.ts', function: 'pay', lineno: 3 }] },
      raw_stacktrace: { frames: [{ filename: '/app.js', function: 't', lineno: 1 }] },
    });
    expect(isSymbolicated(own)).toBe(true);
    expect(exceptionsOf(own)[0]!.frames[0]!.function).toBe('pay');
    expect(exceptionsOf(own, 'minified')[0]!.frames[0]!.function).toBe('t');
    expect(isSymbolicated(event({ stacktrace: null, raw_stacktrace: null }))).toBe(false);
  });

  it('are only as they came where no source map was found', () => {
    expect(isSymbolicated(chained)).toBe(false);
    expect(exceptionsOf(chained, 'minified')).toEqual(exceptionsOf(chained));
  });

  it('say which source map is missing', () => {
    expect(missingMapsOf(symbolicated)).toEqual(['Release shop@1 has no file ~/b.js.']);
    expect(missingMapsOf(chained)).toEqual([]);
  });
});
