import { expect, test } from 'vitest';
import { envelopeUrl } from '../src/dsn.js';

const query = (key: string) => `/envelope/?sentry_version=7&sentry_key=${key}&sentry_client=c/1`;

test.each([
  ['https://abc@errors.example/1', `https://errors.example/api/1${query('abc')}`],
  ['http://abc@localhost:9000/42/', `http://localhost:9000/api/42${query('abc')}`],
  ['https://abc:secret@errors.example/a/b/7', `https://errors.example/a/b/api/7${query('abc')}`],
  ['https://abc:@[::1]:9000/7', `https://[::1]:9000/api/7${query('abc')}`],
  ['https://a-b-c@errors.example/7', `https://errors.example/api/7${query('a-b-c')}`],
])('envelopes of %s go to where it says', (dsn, url) => {
  expect(envelopeUrl(dsn, 'c/1')).toBe(url);
});

test.each([
  '',
  'errors.example/1',
  'https://errors.example/1',
  'https://abc@errors.example',
  'ftp://abc@e.example/1',
])('%j is no DSN', (dsn) => {
  expect(() => envelopeUrl(dsn, 'c/1')).toThrow(`dsn: '${dsn}' (expected: https://<key>@<host>/<project>)`);
});
