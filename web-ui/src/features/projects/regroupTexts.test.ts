import { expect, it } from 'vitest';
import { regroupTexts } from './regroupTexts';

const why = (...releases: string[]) => regroupTexts.why({ cause: 'source_maps', releases });

it('says whose source maps made events readable', () => {
  expect(why('shop@1.4.0')).toBe('source maps of shop@1.4.0');
  expect(why('')).toBe('source maps');
  expect(why('1', '2', '3', '4', '5')).toBe('source maps of 1, 2, 3 and 2 others');
  expect(regroupTexts.readable(412)).toBe('412 events readable');
});

it('says when it is about rules', () => {
  expect(regroupTexts.why({ cause: 'rules', releases: [] })).toBe('rules');
});
