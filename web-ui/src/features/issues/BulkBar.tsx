import { Check, Merge, RotateCcw, Trash2, UserPlus } from 'lucide-react';
import { useState } from 'react';
import type { Issue, IssueFilter } from '../../api/model';
import { AssignMenu } from '../../app/AssignMenu';
import { can, useSession } from '../../app/session';
import { Button } from '../../ui/Button';
import { Confirm } from '../../ui/Dialog';
import { counted, exactNumber } from '../../ui/format';
import { IgnoreMenu, ResolveMenu } from './StateMenus';
import { type Change, useIssueActions } from './actions';
import { issueTexts } from './texts';

interface BulkBarProps {
  selected: readonly Issue[];
  /** How many match in all, if that is known and more than are loaded. */
  matching: number | null;
  filter: IssueFilter;
  clear: () => void;
}

/** What can be done to the selected issues; it takes the place of the tabs and the order. */
export function BulkBar({ selected, matching, filter, clear }: BulkBarProps) {
  const actions = useIssueActions();
  const session = useSession();
  const [isAll, setAll] = useState(false);
  const [removing, setRemoving] = useState(false);
  const [merging, setMerging] = useState(false);
  const count = isAll && matching !== null ? matching : selected.length;
  const change = async (wanted: Change) => {
    clear();
    await (isAll ? actions.changeAll(filter, wanted) : actions.change(selected, wanted));
  };
  const what = counted(count, 'issue');
  const ofOneProject = new Set(selected.map((issue) => issue.project.id)).size === 1;
  const hasClosed = selected.some((issue) => issue.status !== 'unresolved');
  return (
    <div className="bulk" role="toolbar" aria-label={issueTexts.selected(exactNumber(count))}>
      <b>{issueTexts.selected(exactNumber(count))}</b>
      <Button icon={<Check aria-hidden />} onClick={() => void change({ status: 'resolved' })}>
        {issueTexts.resolve}
      </Button>
      <ResolveMenu change={(wanted) => void change(wanted)} />
      <IgnoreMenu change={(wanted) => void change(wanted)} />
      {hasClosed && (
        <Button icon={<RotateCcw aria-hidden />} onClick={() => void change({ status: 'unresolved' })}>
          {issueTexts.unresolve}
        </Button>
      )}
      <AssignMenu
        trigger={<Button icon={<UserPlus aria-hidden />}>{issueTexts.assign}</Button>}
        assign={(assignee) => void change({ assignee })}
      />
      {count > 1 && ofOneProject && (
        <Button icon={<Merge aria-hidden />} onClick={() => setMerging(true)}>
          {issueTexts.merge}
        </Button>
      )}
      {can(session, 'event:admin') && (
        <Button look="danger" icon={<Trash2 aria-hidden />} onClick={() => setRemoving(true)}>
          {issueTexts.remove}
        </Button>
      )}
      {matching !== null && matching > selected.length && !isAll && (
        <Button look="quiet" onClick={() => setAll(true)}>
          {issueTexts.allMatching(exactNumber(matching))}
        </Button>
      )}
      <Button look="quiet" onClick={clear}>
        {issueTexts.clearSelection}
      </Button>
      <Confirm
        open={merging}
        onClose={() => setMerging(false)}
        title={issueTexts.mergeTitle(what)}
        action={`${issueTexts.merge} ${what}`}
        danger={false}
        run={async () => {
          await actions.merge(isAll ? { filter } : { ids: selected.map((issue) => issue.id) });
          clear();
        }}
      >
        <p>{issueTexts.mergeWords}</p>
      </Confirm>
      <Confirm
        open={removing}
        onClose={() => setRemoving(false)}
        title={issueTexts.removeTitle(what)}
        action={`${issueTexts.remove} ${what}`}
        run={async () => {
          await (isAll ? actions.removeAll(filter) : actions.remove(selected));
          clear();
        }}
      >
        <p>{issueTexts.removeWords}</p>
      </Confirm>
    </div>
  );
}
