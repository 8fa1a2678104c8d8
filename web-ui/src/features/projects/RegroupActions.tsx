import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, value } from '../../api/client';
import type { Regroup } from '../../api/model';
import { can, useSession } from '../../app/session';
import { Button } from '../../ui/Button';
import { Confirm } from '../../ui/Dialog';
import { toast } from '../../ui/Toasts';
import { regroupQuery } from './regroupQueries';
import { regroupTexts as texts } from './regroupTexts';

type Action = 'apply' | 'undo' | 'cancel';

function ApplyWords({ regroup }: { regroup: Regroup }) {
  const { events, issues_before: before, issues_after: after, merged, split } = regroup;
  return (
    <>
      <p>
        {texts.become(before ?? 0, after ?? 0)} ({texts.sums(events ?? 0, merged ?? 0, split ?? 0)}).
      </p>
      <p>{texts.applyWords.rules}</p>
      <p>{texts.applyWords.kept}</p>
      <p>{texts.applyWords.undo}</p>
    </>
  );
}

/** Other rules, cancel, apply, undo: what the state allows, for who may. */
export function RegroupActions({ regroup, slug }: { regroup: Regroup; slug: string }) {
  const session = useSession();
  const queries = useQueryClient();
  const [asking, setAsking] = useState<'apply' | 'undo' | null>(null);
  const [busy, setBusy] = useState(false);
  const { id } = regroup;
  if (!can(session, 'project:write')) return null;

  const run = async (action: Action) => {
    const next = await value(api.POST(`/api/v1/regroups/{id}/${action}`, { params: { path: { id } } }));
    queries.setQueryData(regroupQuery(id).queryKey, next);
    if (action !== 'cancel') toast(texts.started);
  };
  const cancel = async () => {
    setBusy(true);
    try {
      await run('cancel');
    } catch (e) {
      toast(e instanceof Error ? e.message : String(e));
    } finally {
      setBusy(false);
    }
  };
  return (
    <span className="row-actions">
      {regroup.cause === 'rules' && (regroup.state === 'previewed' || regroup.state === 'failed') && (
        <Link
          className="button button-plain"
          to="/projects/$slug/settings/$section"
          params={{ slug, section: 'grouping' }}
          search={{ regroup: id }}
        >
          {texts.edit}
        </Link>
      )}
      {regroup.state === 'previewing' && (
        <Button busy={busy} onClick={() => void cancel()}>
          {texts.cancel}
        </Button>
      )}
      {regroup.can_apply && (
        <Button look="primary" onClick={() => setAsking('apply')}>
          {texts.apply}
        </Button>
      )}
      {regroup.can_undo && <Button onClick={() => setAsking('undo')}>{texts.undo}</Button>}
      <Confirm
        open={asking === 'apply'}
        onClose={() => setAsking(null)}
        title={texts.applyTitle(id)}
        action={texts.apply}
        danger={false}
        run={() => run('apply')}
      >
        <ApplyWords regroup={regroup} />
      </Confirm>
      <Confirm
        open={asking === 'undo'}
        onClose={() => setAsking(null)}
        title={texts.undoTitle(id)}
        action={texts.undo}
        danger={false}
        run={() => run('undo')}
      >
        <p>{regroup.cause === 'source_maps' ? texts.undoReadableWords : texts.undoWords}</p>
      </Confirm>
    </span>
  );
}
