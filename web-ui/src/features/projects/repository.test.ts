import { expect, test } from 'vitest';
import type { Event, RepositorySettings } from '../../api/model';
import { draftOf, fieldNames, placeOf, providerOf, settingsOf } from './repository';

const SETTINGS: RepositorySettings = {
  provider: 'gitea',
  url: 'https://git.example/acme/shop',
  branch: 'main',
  mappings: [{ from: '/usr/src/app', to: '' }],
};

test('settings that are not touched are sent as they came', () => {
  expect(settingsOf(draftOf(SETTINGS))).toEqual(SETTINGS);
});

test.each([
  ['https://github.com/acme/shop', 'github'],
  ['https://gitlab.example.com/acme/shop', 'gitlab'],
  ['https://codeberg.org/acme/shop', 'gitea'],
  ['https://bitbucket.org/acme/shop', 'bitbucket'],
  ['https://git.example.com/acme/gitlab', 'github'],
  ['', 'github'],
])('%s is guessed to be shown by %s', (url, provider) => {
  expect(providerOf(url)).toBe(provider);
});

test('what somebody chose is not guessed', () => {
  const draft = { ...draftOf(null), url: 'https://github.com/acme/shop', provider: 'gitea' as const };

  expect(settingsOf(draft).provider).toBe('gitea');
  expect(settingsOf({ ...draft, provider: undefined }).provider).toBe('github');
});

test('faults are shown at each field of each mapping', () => {
  expect(fieldNames(draftOf(SETTINGS))).toContain('settings.mappings[0].to');
});

test('the path to try is that of the frame of the program nearest to the crash', () => {
  const event = (frames: object[]) =>
    ({
      exception: { values: [{ stacktrace: { frames: [] } }, { stacktrace: { frames } }] },
    }) as unknown as Event;
  const own = { filename: 'shop/cart.py', abs_path: '/usr/src/app/shop/cart.py', lineno: 7, in_app: true };
  const foreign = { filename: 'requests/api.py', lineno: 3, in_app: false };

  expect(placeOf(event([{ ...own, lineno: 1 }, own, foreign]))).toEqual({ path: own.abs_path, line: 7 });
  expect(placeOf(event([foreign]))).toEqual({ path: 'requests/api.py', line: 3 });
  expect(placeOf(event([{ filename: 'Cart.java', module: 'com.acme.Cart', lineno: 9 }]))).toEqual({
    path: 'com/acme/Cart.java',
    line: 9,
  });
  expect(placeOf(event([{ function: 'x' }]))).toBeUndefined();
});
