import { expect, it } from 'vitest';
import type { Job } from '../../api/model';
import { reportOf, requestOf } from './replay';

const job = (part: Partial<Job>): Job => ({
  id: 1,
  kind: 'replay',
  parameters: {},
  state: 'succeeded',
  stopped_by: null,
  progress: { done: 1, total: 1, remaining_seconds: null, per_second: null },
  result: null,
  failure: null,
  created_by: 'owner@example.com',
  created_at: '2026-11-26T10:00:00Z',
  started_at: null,
  finished_at: null,
  ...part,
});

it('a replay that has not ended has no report', () => {
  expect(reportOf(job({}))).toBeUndefined();
});

it('tables in which nothing changed are left out of a report', () => {
  const report = reportOf(
    job({
      result: {
        read: 7,
        tables: [
          { table: 'events', added: 0, changed: 2, removed: 0, examples: ['a'] },
          { table: 'spans', added: 0, changed: 0, removed: 0, examples: [] },
        ],
        issues: { changed: 1, examples: [12] },
        skipped: { expired: 3, deleted: 0 },
        gone: 0,
      },
    }),
  );
  expect(report).toEqual({
    read: 7,
    tables: [{ table: 'events', added: 0, changed: 2, removed: 0, examples: ['a'] }],
    issues: 1,
    issueExamples: [12],
    skipped: [['expired', 3]],
    gone: 0,
  });
});

it('what was asked is read from the parameters', () => {
  const parameters = {
    from: '2026-11-25T00:00:00Z',
    to: '2026-11-26T00:00:00Z',
    projects: [2],
    dry_run: true,
  };
  expect(requestOf(job({ parameters }))).toEqual({
    from: parameters.from,
    to: parameters.to,
    projects: [2],
    types: [],
    isDry: true,
  });
});
