import { expect, it } from 'vitest';
import { strengthOf } from './strength';

it('a password is judged by its length and how many characters differ', () => {
  expect(['', 'short', 'aaaaaaaaaaaa', 'ten chars!', 'a long sentence of words'].map(strengthOf)).toEqual([
    'none',
    'short',
    'weak',
    'fair',
    'strong',
  ]);
});
