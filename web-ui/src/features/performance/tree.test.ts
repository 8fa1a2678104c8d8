import { describe, expect, it } from 'vitest';
import type { Trace } from '../../api/model';
import { kindOf, millis, ownTime, rowsOf, treeOf } from './tree';

const AT = '2026-11-27T10:00:00.000Z';

function transaction(
  span: string,
  parent: string | null,
  begin = 0,
  project = 1,
): Trace['transactions'][number] {
  return {
    span_id: span,
    parent_span_id: parent,
    project_id: project,
    name: `transaction ${span}`,
    op: 'http.server',
    started_at: new Date(Date.parse(AT) + begin).toISOString(),
    duration_ms: 100,
    tags: {},
  } as unknown as Trace['transactions'][number];
}

function span(id: string, parent: string | null, begin = 0, duration = 10): Trace['spans'][number] {
  return {
    span_id: id,
    parent_span_id: parent,
    project_id: 1,
    op: 'db',
    description: `span ${id}`,
    started_at: new Date(Date.parse(AT) + begin).toISOString(),
    duration_ms: duration,
    data: {},
  } as unknown as Trace['spans'][number];
}

function trace(parts: Partial<Trace>): Trace {
  return { id: 'a', transactions: [], spans: [], errors: [], hidden_projects: 0, truncated: false, ...parts };
}

const shape = (given: Trace, folded: string[] = []) =>
  rowsOf(treeOf(given).roots, new Set(folded)).map(({ node, level }) => `${level} ${node.id}`);

describe('the tree of a trace', () => {
  it('puts spans of one service below those of another, in the order in which they began', () => {
    const given = trace({
      transactions: [transaction('back', 'call', 5, 2), transaction('front', null)],
      spans: [span('late', 'front', 50), span('call', 'front', 4), span('query', 'back', 6)],
    });
    expect(shape(given)).toEqual(['1 front', '2 call', '3 back', '4 query', '2 late']);
    expect(shape(given, ['call'])).toEqual(['1 front', '2 call', '2 late']);
    const rows = rowsOf(treeOf(given).roots, new Set());
    expect(rows.map(({ place, siblings }) => `${place}/${siblings}`)).toEqual([
      '1/1',
      '1/2',
      '1/1',
      '1/1',
      '2/2',
    ]);
  });

  it('shows what names a parent that is not here as an orphan, and a circle of spans once', () => {
    const given = trace({
      transactions: [transaction('browser', 'proxy')],
      spans: [span('one', 'two', 1), span('two', 'one', 2), span('below', 'one', 3)],
    });
    const { roots } = treeOf(given);
    expect(roots.map(({ id, isOrphan }) => `${id} ${isOrphan}`)).toEqual([
      'browser true',
      'one true',
      'two true',
    ]);
    expect(shape(given)).toEqual(['1 browser', '1 one', '2 below', '1 two']);
  });

  it('shows a span once that came with its transaction and by itself', () => {
    const given = trace({ transactions: [transaction('same', null)], spans: [span('same', null)] });
    expect(shape(given)).toEqual(['1 same']);
    expect(treeOf(given).roots[0]?.title).toBe('transaction same');
    expect(treeOf(given).roots[0]?.span?.description).toBe('span same');
  });

  it('puts errors at their spans, and the others beside the tree', () => {
    const error = (id: string, at: string | null) =>
      ({ id, span_id: at, title: id }) as unknown as Trace['errors'][number];
    const { roots, loose } = treeOf(
      trace({
        transactions: [transaction('a', null)],
        errors: [error('x', 'a'), error('y', 'gone'), error('z', null)],
      }),
    );
    expect(roots[0]?.errors.map(({ id }) => id)).toEqual(['x']);
    expect(loose.map(({ id }) => id)).toEqual(['y', 'z']);
  });

  it('knows deep chains, microseconds, and what of a span is its own', () => {
    const deep = trace({
      spans: Array.from({ length: 2_000 }, (_, index) =>
        span(`s${index}`, index === 0 ? null : `s${index - 1}`),
      ),
    });
    expect(shape(deep)).toHaveLength(2_000);
    expect(millis('2026-11-27T10:00:00.123456Z') - Date.parse(AT)).toBeCloseTo(123.456, 3);
    expect(millis('2026-11-27T10:00:00Z')).toBe(Date.parse(AT));
    const { roots } = treeOf(
      trace({
        transactions: [transaction('a', null)],
        spans: [span('b', 'a', 0, 30), span('c', 'a', 20, 30)],
      }),
    );
    expect(ownTime(roots[0]!)).toBe(50);
  });

  it('tells operations apart by what they begin with', () => {
    expect(['db.sql.query', 'http.client', 'cache.get', 'ui.react', 'function', ''].map(kindOf)).toEqual([
      'db',
      'http',
      'cache',
      'ui',
      'other',
      'other',
    ]);
  });
});
