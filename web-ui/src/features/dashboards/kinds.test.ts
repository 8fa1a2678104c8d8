import { expect, test } from 'vitest';
import { KINDS, draftOf, newWidget, ofKind, widgetOf } from './kinds';

test('a widget reads back as it was written', () => {
  const widget = { ...newWidget(3), y: ['count()', 'epm()'] };
  expect(widgetOf(draftOf(widget), widget.layout)).toEqual(widget);
});

test('a widget has nothing that is of no use to its kind', () => {
  let draft = { ...draftOf(newWidget(0)), group: 'release', sort: 'events', limit: '7', fields: 'title' };
  for (const kind of KINDS) {
    draft = { ...ofKind(draft, kind), group: 'release', limit: '7' };
    const widget = widgetOf(draft, newWidget(0).layout);
    expect(widget.dataset === 'issues').toBe(kind === 'issues');
    expect(widget.fields !== null).toBe(kind === 'table');
    expect(widget.y !== null).toBe(kind !== 'table' && kind !== 'issues');
    expect(widget.limit === 7).toBe(kind !== 'number');
    expect(widget.group === 'release').toBe(['line', 'area', 'bar', 'top'].includes(kind));
  }
});

test('another kind has at once what it shows', () => {
  const empty = { ...draftOf(newWidget(0)), y: '' };
  expect(ofKind(empty, 'number').y).toBe('count()');
  expect(ofKind(empty, 'top').group).toBe('release');
  expect(ofKind(empty, 'table').fields).toBe('release\ncount()');
  expect(ofKind(ofKind(empty, 'issues'), 'table')).toMatchObject({ dataset: 'events', sort: '' });
});
