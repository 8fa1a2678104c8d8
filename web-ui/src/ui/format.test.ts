import { describe, expect, it } from 'vitest';
import { bytes, counted, relative, shortNumber, span, utcTime } from './format';

const now = new Date('2026-11-26T12:00:00Z');
const ago = (seconds: number) => relative(new Date(now.getTime() - seconds * 1_000), now);

describe('numbers', () => {
  it('are exact up to 9,999 and short above', () => {
    expect([0, 84, 1_204, 9_999, 10_000, 12_345, 1_204_318].map(shortNumber)).toEqual([
      '0',
      '84',
      '1,204',
      '9,999',
      '10K',
      '12.3K',
      '1.2M',
    ]);
  });

  it('agree with their noun', () => {
    expect([counted(1, 'issue'), counted(0, 'issue'), counted(2, 'entry', 'entries')]).toEqual([
      '1 issue',
      '0 issues',
      '2 entries',
    ]);
  });

  it('of bytes are in thousands', () => {
    expect([999, 1_000, 999_600, 3_100_000].map(bytes)).toEqual(['999 B', '1.0 kB', '1.0 MB', '3.1 MB']);
  });
});

describe('times', () => {
  it('are told in the largest unit that fits', () => {
    expect([2, 16, 119, 3_599, 7_200, 3 * 86_400, 20 * 86_400, 400 * 86_400].map(ago)).toEqual([
      'just now',
      '16 s ago',
      '1 min ago',
      '59 min ago',
      '2 h ago',
      '3 d ago',
      '2 w ago',
      '1 y ago',
    ]);
  });

  it('that lie ahead say so', () => {
    expect(ago(-300)).toBe('in 5 min');
  });

  it('have a span and a UTC form', () => {
    expect([0.4, 42, 300, 10_000].map(span)).toEqual(['0.4 s', '42 s', '5 min', '3 h']);
    expect(utcTime(now)).toBe('2026-11-26 12:00:00 UTC');
  });
});
