import { expect, test } from 'vitest';
import type { FilterSettings } from '../../api/model';
import { draftOf, settingsOf } from './filters';

const SETTINGS: FilterSettings = {
  minimum_level: 'warning',
  environments: ['dev*', 'qa'],
  releases: [],
  error_messages: ['*ResizeObserver*'],
  client_addresses: ['10.0.0.0/8'],
  web_crawlers: true,
  localhost: false,
  browser_extensions: false,
  legacy_browsers: [{ browser: 'safari', version: 14 }],
  chunk_load_errors: true,
};

test('filters that are not touched are sent as they came', () => {
  expect(settingsOf(draftOf(SETTINGS))).toEqual(SETTINGS);
});

test('empty lines and blanks around entries are left out', () => {
  const draft = draftOf(SETTINGS);
  draft.lists.environments = '\n  dev* \n\nqa\n';
  draft.versions = { ie: ' 12 ', safari: ' ' };
  draft.minimumLevel = '';
  const sent = settingsOf(draft);
  expect(sent.environments).toEqual(['dev*', 'qa']);
  expect(sent.legacy_browsers).toEqual([{ browser: 'ie', version: 12 }]);
  expect(sent.minimum_level).toBeNull();
});
