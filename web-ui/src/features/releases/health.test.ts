import { expect, test } from 'vitest';
import { envelopeAddress, perHundred, percent, points, rangeOf, sessionEnvelope } from './health';

test('a share below all does not become all by rounding', () => {
  expect(percent(0.99999)).toBe('99.99 %');
  expect(percent(1)).toBe('100 %');
  expect(percent(0.9995)).toBe('99.95 %');
  expect(percent(0.29)).toBe('29 %');
  expect(percent(null)).toBe('–');
});

test('what is counted to a hundred sessions may be more than a hundred', () => {
  expect(perHundred(0)).toBe('0');
  expect(perHundred(33.333)).toBe('33.3');
  expect(perHundred(250)).toBe('250');
  expect(perHundred(null)).toBe('–');
});

test('a change is told by words, and not where one side is unknown', () => {
  expect(points(0.985, 0.98)).toBe('↑ 0.5 better');
  expect(points(0.9, 0.95)).toBe('↓ 5 worse');
  expect(points(0.9, 0.9)).toBe('the same');
  expect(points(0.9, null)).toBeUndefined();
});

test('a window of time reaches up to now', () => {
  const now = Date.parse('2026-11-21T12:00:00Z');
  expect(rangeOf({}, now)).toBe('24h');
  expect(rangeOf({ range: '7d' }, now)).toBe('7d');
  expect(rangeOf({ start: '2026-11-21T02:30:00.000Z', end: '2026-11-21T03:00:00.000Z' }, now)).toBe('10h');
  expect(rangeOf({ start: '2020-11-21T02:30:00.000Z', end: '2026-11-21T03:00:00.000Z' }, now)).toBe('2400h');
});

test('a session for trying is one that an SDK might send', () => {
  expect(envelopeAddress('https://abc123@errors.example.com/path/7')).toBe(
    'https://errors.example.com/path/api/7/envelope/?sentry_key=abc123',
  );
  const [header, item, session = ''] = sessionEnvelope(
    'a',
    'crashed',
    'shop@1.0',
    'test',
    new Date('2026-11-21T12:00:00Z'),
  ).split('\n');
  expect([header, item]).toEqual(['{}', '{"type":"session"}']);
  expect(JSON.parse(session)).toMatchObject({ init: true, status: 'crashed', errors: 1 });
});
