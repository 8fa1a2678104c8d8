import { describe, expect, it } from 'vitest';
import { placeIn } from './place';

describe('a place in minified code', () => {
  const place = { url: 'https://shop.example/static/app.js?v=1', line: 1, column: 2034 };
  it.each([
    'https://shop.example/static/app.js?v=1:1:2034',
    '  https://shop.example/static/app.js?v=1:1:2034 ',
    '    at t (https://shop.example/static/app.js?v=1:1:2034)',
    'at async https://shop.example/static/app.js?v=1:1:2034',
    't@https://shop.example/static/app.js?v=1:1:2034',
  ])('is read from %s', (text) => {
    expect(placeIn(text)).toEqual(place);
  });

  it('may be of a path', () => {
    expect(placeIn('~/static/app.js:3:4')).toEqual({ url: '~/static/app.js', line: 3, column: 4 });
    expect(placeIn('app.js:3:4')).toEqual({ url: 'app.js', line: 3, column: 4 });
  });

  it.each(['', 'app.js', 'app.js:3', 'TypeError: x is no function'])('is not in %s', (text) => {
    expect(placeIn(text)).toBeUndefined();
  });
});
