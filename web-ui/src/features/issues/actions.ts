import { type InfiniteData, type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { api, value } from '../../api/client';
import type { Issue, IssueChange, IssueDetail, IssueFilter, IssuePage, Person } from '../../api/model';
import { present } from '../../app/search';
import { texts } from '../../texts/en';
import { toast } from '../../ui/Toasts';
import { counted } from '../../ui/format';
import { type View, fitsView, viewOf } from './queries';
import { awaitMoved } from './moved';
import { issueTexts } from './texts';

type Pages = InfiniteData<IssuePage>;
type Changed = Pick<Issue, 'id' | 'status' | 'status_details' | 'assignee' | 'priority'>;

/** A change as it is shown at once: with the person, of whom the API wants the id only. */
export interface Change {
  status?: Issue['status'];
  /** Where it is resolved, or what ends its being ignored. */
  details?: NonNullable<IssueChange['status_details']>;
  priority?: Issue['priority'];
  assignee?: Person | null;
}

function body(change: Change): IssueChange {
  return {
    ...(change.status === undefined ? {} : { status: change.status }),
    ...(change.details === undefined ? {} : { status_details: change.details }),
    ...(change.priority === undefined ? {} : { priority: change.priority }),
    ...(change.assignee === undefined ? {} : { assigned_to: change.assignee?.id ?? null }),
  };
}

const viewOfList = (key: readonly unknown[]): View => viewOf(key[1] ?? {});

/** Shows a change before the server has answered; returns what puts everything back. */
export function applyOptimistically(
  queries: QueryClient,
  ids: ReadonlySet<number>,
  change: (issue: Issue) => Issue | null,
): () => void {
  const lists = queries.getQueriesData<Pages>({ queryKey: ['issues'] });
  const singles = [...ids].map(
    (id) => [['issue', id], queries.getQueryData<IssueDetail>(['issue', id])] as const,
  );
  for (const [key, data] of lists) {
    if (!data) continue;
    let gone = 0;
    const pages = data.pages.map((page) => ({
      ...page,
      results: page.results.flatMap((issue) => {
        if (!ids.has(issue.id)) return [issue];
        const next = change(issue);
        if (next && fitsView(next, viewOfList(key))) return [next];
        gone += 1;
        return [];
      }),
    }));
    queries.setQueryData<Pages>(key, {
      ...data,
      pages: pages.map((page) => ({
        ...page,
        total: typeof page.total === 'number' ? page.total - gone : null,
      })),
    });
  }
  for (const [key, issue] of singles) {
    const next = issue && change(issue);
    if (issue && next) queries.setQueryData<IssueDetail>(key, { ...issue, ...next });
  }
  return () => {
    lists.forEach(([key, data]) => queries.setQueryData(key, data));
    singles.forEach(([key, issue]) => queries.setQueryData(key, issue));
  };
}

/** What says of an issue's details again what the API said of them; undefined for nothing. */
function detailsAgain({ status_details: said }: Changed): Change['details'] {
  const details = present({
    in_release: said.in_release ?? undefined,
    in_next_release: said.in_next_release ?? undefined,
    in_commit: said.in_commit ?? undefined,
    ignore_until: said.ignore_until ?? undefined,
    ignore_count: said.ignore_count ?? undefined,
    ignore_window: said.ignore_window ?? undefined,
    ignore_user_count: said.ignore_user_count ?? undefined,
    ignore_user_window: said.ignore_user_window ?? undefined,
    until_escalating: said.until_escalating ?? undefined,
  });
  return Object.keys(details).length === 0 ? undefined : details;
}

/** The issues that an Undo has to put back to one and the same state, together. */
export function byState(issues: readonly Changed[], change: Change): { ids: number[]; change: Change }[] {
  const groups = new Map<string, { ids: number[]; change: Change }>();
  for (const issue of issues) {
    const back: Change = {
      ...(change.status === undefined ? {} : present({ status: issue.status, details: detailsAgain(issue) })),
      ...(change.priority === undefined ? {} : { priority: issue.priority }),
      ...(change.assignee === undefined ? {} : { assignee: issue.assignee }),
    };
    const key = JSON.stringify(back);
    const group = groups.get(key) ?? { ids: [], change: back };
    group.ids.push(issue.id);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** An issue as it is shown until the server has answered. */
function shownAs({ status, assignee, priority }: Change): (issue: Issue) => Issue {
  return (issue) => ({
    ...issue,
    ...(status === undefined ? {} : { status, substatus: null, status_details: {} }),
    ...(assignee === undefined ? {} : { assignee }),
    ...(priority === undefined ? {} : { priority }),
  });
}

function words(count: number, change: Change): string {
  const what = counted(count, 'issue');
  if (change.status !== undefined) return issueTexts.done[change.status](what);
  if (change.priority !== undefined) return issueTexts.done.priority(what, change.priority);
  return issueTexts.done.assigned(what, change.assignee?.name ?? issueTexts.nobody.toLowerCase());
}

function reason(error: unknown): string {
  return issueTexts.notDone(error instanceof Error ? error.message : String(error));
}

export interface IssueActions {
  change: (issues: readonly Changed[], change: Change) => Promise<void>;
  changeAll: (filter: IssueFilter, change: Change) => Promise<void>;
  remove: (issues: readonly Changed[]) => Promise<void>;
  removeAll: (filter: IssueFilter) => Promise<void>;
  merge: (chosen: { ids: number[]; into?: number } | { filter: IssueFilter }) => Promise<void>;
}

/** What can be done to issues: shown at once, taken back if the server refuses, with Undo where there is one. */
export function useIssueActions(): IssueActions {
  const queries = useQueryClient();
  const settle = useCallback(
    () =>
      queries.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[0] === 'issue' || queryKey[0] === 'activity',
      }),
    [queries],
  );
  const change = useCallback(
    async (issues: readonly Changed[], wanted: Change): Promise<void> => {
      if (issues.length === 0) return;
      const ids = issues.map((issue) => issue.id);
      await queries.cancelQueries({ queryKey: ['issues'] });
      const putBack = applyOptimistically(queries, new Set(ids), shownAs(wanted));
      const sent = value(api.PUT('/api/v1/issues', { body: { ids, ...body(wanted) } }));
      const undo = {
        label: texts.undo,
        run: () => {
          putBack();
          const groups = byState(issues, wanted);
          // Behind the change: what is sent while that is under way could be done before it, and then be undone by it.
          void sent
            .catch(() => undefined)
            .then(() =>
              Promise.all(
                groups.map((group) =>
                  value(
                    api.PUT('/api/v1/issues', {
                      body: { ids: group.ids, ...body(group.change) },
                    }),
                  ),
                ),
              ),
            )
            .catch((error: unknown) => toast(reason(error)))
            .then(() => queries.invalidateQueries({ queryKey: ['issues'] }))
            .then(settle);
        },
      };
      toast(words(issues.length, wanted), undo);
      try {
        await sent;
      } catch (error) {
        putBack();
        toast(reason(error));
      }
      await settle();
    },
    [queries, settle],
  );
  const changeAll = useCallback(
    async (filter: IssueFilter, wanted: Change) => {
      try {
        const { changed } = await value(api.PUT('/api/v1/issues', { body: { filter, ...body(wanted) } }));
        toast(words(changed, wanted));
      } catch (error) {
        toast(reason(error));
      }
      await queries.invalidateQueries({ queryKey: ['issues'] });
    },
    [queries],
  );
  const remove = useCallback(
    async (issues: readonly Changed[]) => {
      const ids = issues.map((issue) => issue.id);
      const { deleted } = await value(api.POST('/api/v1/issues/delete', { body: { ids } }));
      applyOptimistically(queries, new Set(ids), () => null);
      toast(issueTexts.done.removed(counted(deleted, 'issue')));
    },
    [queries],
  );
  const removeAll = useCallback(
    async (filter: IssueFilter) => {
      const { deleted } = await value(api.POST('/api/v1/issues/delete', { body: { filter } }));
      toast(issueTexts.done.removed(counted(deleted, 'issue')));
      await queries.invalidateQueries({ queryKey: ['issues'] });
    },
    [queries],
  );
  const merge = useCallback(
    async (chosen: { ids: number[]; into?: number } | { filter: IssueFilter }) => {
      const { merged, job } = await value(api.POST('/api/v1/issues/merge', { body: chosen }));
      await awaitMoved(job.id);
      toast(issueTexts.done.merged(counted(merged + 1, 'issue')));
      await queries.invalidateQueries({ queryKey: ['issues'] });
      await settle();
    },
    [queries, settle],
  );
  return { change, changeAll, remove, removeAll, merge };
}
