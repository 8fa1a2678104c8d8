import { expect, it } from 'vitest';
import { changesOf, faultsOf } from './changes';

it('says by which rule each value was changed, and how long it was', () => {
  const meta = {
    extra: {
      password: { '': { rem: [['@password', 's', 0, 10]], len: 4 } },
      log: { '': { len: 20_000 } },
    },
    logentry: {
      formatted: {
        '': {
          rem: [
            ['project:2', 'm', 0, 4],
            ['@email', 's', 9, 16],
          ],
        },
      },
    },
    breadcrumbs: { values: { '3': { '': { err: ['deeper than 300 levels'], rem: [['@bounds', 'x']] } } } },
  };
  expect(changesOf(meta)).toEqual({
    omitted: 0,
    changes: [
      { path: 'extra.password', what: ['Replaced: a secret by its name', 'was 4 long'] },
      { path: 'extra.log', what: ['Shortened: was 20,000 long'] },
      { path: 'logentry.formatted', what: ['Masked: rule 2 of the project', 'Replaced: a mail address'] },
      {
        path: 'breadcrumbs.values.3',
        what: ['Removed: more than is looked through', 'deeper than 300 levels'],
      },
    ],
  });
});

it('says a rule that changed several parts of one value once', () => {
  const meta = {
    extra: {
      a: {
        '': {
          rem: [
            ['@email', 's', 0, 7],
            ['@email', 's', 9, 16],
          ],
        },
      },
    },
  };
  expect(changesOf(meta).changes[0]!.what).toEqual(['Replaced: a mail address']);
});

it('reads what an SDK wrote there in whatever shape', () => {
  expect(changesOf(undefined)).toEqual({ changes: [], omitted: 0 });
  expect(changesOf(['x', 1, { '': 7 }])).toEqual({ changes: [], omitted: 0 });
  expect(changesOf({ omitted: 12, a: { '': { rem: [[], 'y', ['made-up', 'q']] } } })).toEqual({
    omitted: 12,
    changes: [{ path: 'a', what: ['Changed:', 'Changed: made-up'] }],
  });
});

it('says what of an event was of no use, and what stood there', () => {
  expect(
    faultsOf([
      { type: 'invalid_data', name: 'user.id', value: '[1]', reason: 'expected a text' },
      { type: 'errors_omitted', value: '3', reason: 'more errors than are kept' },
      'nonsense',
    ]),
  ).toEqual([
    { path: 'user.id', what: ['Of no use', 'expected a text', 'sent: [1]'] },
    { path: 'The event', what: ['errors omitted', 'more errors than are kept', 'sent: 3'] },
    { path: 'The event', what: [''] },
  ]);
});
