import { expect, it } from 'vitest';
import type { ScrubSettings } from '../../api/model';
import { draftOf, fieldNames, listError, placesOf, settingsOf } from './scrub';

const SETTINGS: ScrubSettings = {
  enabled: true,
  fields: ['customer number', 'iban'],
  safe_fields: ['author'],
  ip_addresses: 'truncate',
  rules: [
    { method: 'mask', type: 'pattern', pattern: 'CUST-[0-9]+', source: 'extra.**', replacement: null },
    { method: 'replace', type: 'email', pattern: null, source: '$user', replacement: 'somebody' },
  ],
};

it('settings that are shown and sent back are the same', () => {
  expect(settingsOf(draftOf(SETTINGS))).toEqual(SETTINGS);
});

it('a rule sends only what its type and method have a use for', () => {
  const draft = draftOf(SETTINGS);
  draft.rules[0]!.type = 'email';
  draft.rules[1]!.method = 'hash';
  draft.fields = ' a \n\n b';
  expect(settingsOf(draft).rules.map(({ pattern, replacement }) => [pattern, replacement])).toEqual([
    [null, null],
    [null, null],
  ]);
  expect(settingsOf(draft).fields).toEqual(['a', 'b']);
});

it('an empty replacement is none, so that the word for what was found stands there', () => {
  const draft = draftOf(SETTINGS);
  draft.rules[1]!.replacement = '';
  expect(settingsOf(draft).rules[1]!.replacement).toBeNull();
});

it('the form shows faults of every entry that is sent', () => {
  const names = fieldNames(draftOf(SETTINGS));
  expect(names).toContain('settings.fields[1]');
  expect(names).not.toContain('settings.fields[2]');
  expect(names).toContain('settings.rules[1].source');
  const errors = { 'settings.fields[1]': 'too long', 'settings.fieldset[0]': 'other' };
  expect(listError(errors, 'settings.fields')).toBe('2: too long');
  expect(listError(errors, 'settings.safe_fields')).toBeUndefined();
});

it('a trial shows each value once, before and after', () => {
  const places = placesOf({
    stored: { extra: { note: 'a@b.example CUST-1', list: ['x', 'secret'] } },
    event: { extra: { note: '[email] ******', list: ['x'] } },
    changes: [
      { path: ['extra', 'note'], rule: 'project:1', method: 'masked', start: 8, end: 14 },
      { path: ['extra', 'note'], rule: '@email', method: 'substituted', start: 0, end: 7 },
      { path: ['extra', 'list', '1'], rule: 'project:1', method: 'removed', start: null, end: null },
    ],
  });
  expect(places).toEqual([
    {
      path: 'extra.note',
      what: ['Masked: rule 1 of the project', 'Replaced: a mail address'],
      before: 'a@b.example CUST-1',
      after: '[email] ******',
    },
    { path: 'extra.list.1', what: ['Removed: rule 1 of the project'], before: 'secret', after: undefined },
  ]);
});
