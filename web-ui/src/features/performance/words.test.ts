import { describe, expect, it } from 'vitest';
import { milliseconds, percent, trendWords } from './words';

describe('words of performance', () => {
  it('writes durations in the unit that suits them', () => {
    expect([0.123, 9.5, 10, 999.4, 1_250, 200_000].map(milliseconds)).toEqual([
      '0.12 ms',
      '9.50 ms',
      '10 ms',
      '999 ms',
      '1.25 s',
      '3.3 min',
    ]);
  });

  it('writes small shares with a digit more', () => {
    expect([0, 0.004, 0.25, 1].map(percent)).toEqual(['0 %', '0.4 %', '25 %', '100 %']);
  });

  it('says nothing of changes that percentiles cannot tell', () => {
    expect(trendWords(1.5, false)).toBe('50 % slower');
    expect(trendWords(0.5, false)).toBe('50 % faster');
    expect(trendWords(1.01, false)).toBe('same');
    expect(trendWords(1, true)).toBe('new');
  });
});
