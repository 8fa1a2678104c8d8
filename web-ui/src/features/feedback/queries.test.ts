import { expect, test } from 'vitest';
import { everOf, validateFeedbackSearch } from './queries';

test('an address keeps what it knows and leaves out what goes without saying', () => {
  const id = '9ec79c33ec9942ab8353589fcb2e04dc';
  expect(validateFeedbackSearch({ status: 'spam', query: 'cart', mine: 'yes', id })).toEqual({
    status: 'spam',
    query: 'cart',
    mine: 'yes',
    id,
  });
  expect(validateFeedbackSearch({ status: 'unresolved', query: ' ', mine: 'no', id: '../x' })).toEqual({});
});

test('whether anybody ever said anything is asked of the projects alone', () => {
  expect(everOf({ project: 'shop', environment: 'production', start: 'a', end: 'b' })).toEqual({
    project: 'shop',
    range: '90d',
  });
});
