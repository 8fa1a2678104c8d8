import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ApiError, Changed, Issue } from '../../api/model';
import { byState, useIssueActions } from './actions';
import type { IssuesSearch } from './queries';

const issue = (id: number, status: Issue['status'] = 'unresolved') =>
  ({ id, status, status_details: {}, assignee: null, is_new: false }) as Issue;
const list = (...issues: Issue[]) => ({
  pages: [{ results: issues, next: null, total: issues.length }],
  pageParams: [''],
});

let queries: QueryClient;
const shown = (search: IssuesSearch) =>
  queries.getQueryData<ReturnType<typeof list>>(['issues', search])?.pages[0];

const actions = () =>
  renderHook(() => useIssueActions(), {
    wrapper: ({ children }) => <QueryClientProvider client={queries}>{children}</QueryClientProvider>,
  }).result.current;

function answer(status: number, body: Changed | Partial<ApiError>): { asked: () => Promise<unknown[]> } {
  const bodies: Promise<unknown>[] = [];
  vi.spyOn(globalThis, 'fetch').mockImplementation((request) => {
    bodies.push((request as Request).clone().json());
    return Promise.resolve(
      new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } }),
    );
  });
  return { asked: () => Promise.all(bodies) };
}

beforeEach(() => {
  queries = new QueryClient();
  queries.setQueryData(['issues', {}], list(issue(1), issue(2)));
  queries.setQueryData(['issues', { view: 'all' }], list(issue(1), issue(2)));
});

describe('a change of issues', () => {
  it('is shown at once: gone from lists that it no longer fits, changed in the others', async () => {
    const { asked } = answer(200, { changed: 1 });
    const changing = actions().change([issue(1)], { status: 'resolved' });
    await waitFor(() => expect(shown({})?.results.map((one) => one.id)).toEqual([2]));
    expect(shown({})?.total).toBe(1);
    expect(shown({ view: 'all' })?.results.map((one) => one.status)).toEqual(['resolved', 'unresolved']);
    await act(() => changing);
    expect(await asked()).toEqual([{ ids: [1], status: 'resolved' }]);
  });

  it('is taken back when the server refuses it', async () => {
    answer(403, { message: 'Your role is viewer' });
    const { change } = actions();
    await act(() => change([issue(1)], { status: 'ignored' }));
    expect(shown({})?.results.map((one) => one.id)).toEqual([1, 2]);
    expect(shown({ view: 'all' })?.results.map((one) => one.status)).toEqual(['unresolved', 'unresolved']);
  });

  it('is undone with what ended the ignoring of an issue, and where it was resolved', () => {
    const before = [
      { ...issue(1, 'ignored'), status_details: { ignore_count: 5, ignore_window: 60 } },
      { ...issue(2, 'resolved'), status_details: { in_next_release: true, current_release: '1.0' } },
      { ...issue(3, 'resolved'), status_details: { in_commit: { commit: 'c0ffee' } } },
      { ...issue(4, 'resolved'), status_details: { auto_resolved: true } },
      { ...issue(5, 'ignored'), status_details: { ignore_count: 5, ignore_window: 60 } },
      issue(6),
    ];
    expect(byState(before, { status: 'resolved' })).toEqual([
      { ids: [1, 5], change: { status: 'ignored', details: { ignore_count: 5, ignore_window: 60 } } },
      { ids: [2], change: { status: 'resolved', details: { in_next_release: true } } },
      { ids: [3], change: { status: 'resolved', details: { in_commit: { commit: 'c0ffee' } } } },
      { ids: [4], change: { status: 'resolved' } },
      { ids: [6], change: { status: 'unresolved' } },
    ]);
    expect(byState([before[0]!], { assignee: null })).toEqual([{ ids: [1], change: { assignee: null } }]);
  });

  it('sends of a person the id alone', async () => {
    const { asked } = answer(200, { changed: 1 });
    const { change } = actions();
    await act(() => change([issue(2)], { assignee: { id: 7, name: 'Ada', email: 'ada@example.com' } }));
    await act(() => change([issue(2)], { assignee: null }));
    expect(await asked()).toEqual([
      { ids: [2], assigned_to: 7 },
      { ids: [2], assigned_to: null },
    ]);
    expect(shown({})?.results[1]?.assignee).toBeNull();
  });
});
