import { expect, test } from 'vitest';
import { newWidget } from './kinds';
import { searchOf } from './useLeads';

test('a row leads to what it counts', () => {
  const widget = {
    ...newWidget(0),
    kind: 'table' as const,
    query: 'level:error',
    fields: ['release', 'count()', 'user'],
  };
  const question = { widget, scope: {}, filter: 'transaction:"GET /"' };
  expect(searchOf(question, { release: 'shop@1', 'count()': 4, user: null })).toBe(
    '(((level:error) (transaction:"GET /")) (release:shop@1)) (!has:user)',
  );
  expect(searchOf(question, undefined)).toBe('(level:error) (transaction:"GET /")');
  expect(
    searchOf({ ...question, filter: '', widget: { ...widget, query: '' } }, { release: 'a', user: 'b' }),
  ).toBe('(release:a) (user:b)');
});
