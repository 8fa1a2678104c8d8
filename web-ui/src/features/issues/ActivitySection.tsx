import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, value } from '../../api/client';
import type { Activity } from '../../api/model';
import { can, useSession } from '../../app/session';
import { Avatar } from '../../ui/Avatar';
import { Button } from '../../ui/Button';
import { Confirm } from '../../ui/Dialog';
import { FormFault, TextArea, useForm } from '../../ui/Field';
import { Markdown } from '../../ui/Markdown';
import { Missing } from '../../ui/State';
import { When } from '../../ui/When';
import { type Json, list, object, shown, str } from '../../ui/untrusted';
import { Section } from './Section';
import { linkTexts } from './linkTexts';
import { activityQuery } from './pageQueries';
import { pageTexts } from './pageTexts';
import { stateDid } from './stateWords';

const MAX_COMMENT = 10_000;

function regroupWords(data: Json): string {
  const { did } = pageTexts;
  const merged = list(data['merged']).length;
  const split = list(data['split']).map(shown);
  const parts = [
    ...(merged > 0 ? [did.regroupMerged(merged)] : []),
    ...(split.length > 0 ? [did.regroupSplit(split.join(', '))] : []),
    ...(data['from'] === undefined ? [] : [did.regroupFrom(shown(data['from']))]),
  ];
  return did.regrouped(parts.join(did.and));
}

function wordsOf(activity: Activity): string {
  const data = object(activity.data);
  const { did } = pageTexts;
  switch (activity.kind) {
    case 'regroup':
      return regroupWords(data);
    case 'regroup_undone':
      return did.regroupUndone;
    case 'assignee': {
      const to = str(object(data['to'])['name']);
      return to === undefined ? did.unassigned : did.assigned(to);
    }
    case 'status': {
      const to = str(data['to']);
      return to === 'resolved' || to === 'ignored' || to === 'unresolved' ? did[to] : did.status(to ?? '–');
    }
    case 'merge':
      return did.merged(list(data['issues']).length);
    case 'unmerge':
      return data['into'] === undefined ? did.madeOf(shown(data['from'])) : did.takenOut(shown(data['into']));
    case 'comment':
      return data['edited_at'] ? did.commentEdited : did.comment;
    case 'ticket': {
      const kept = str(data['to']);
      return kept === undefined ? linkTexts.removed(shown(data['from'])) : linkTexts.kept(kept);
    }
    case 'regression':
    case 'unignored':
    case 'escalating':
    case 'ongoing':
    case 'auto_resolved':
    case 'recovered':
    case 'commit_released':
    case 'priority':
      return stateDid(activity.kind, activity);
  }
}

interface EditorProps {
  text: string;
  send: (text: string) => Promise<unknown>;
  cancel?: () => void;
}

function Editor({ text: before, send, cancel }: EditorProps) {
  const [text, setText] = useState(before);
  const form = useForm(['text'], async () => {
    await send(text.trim());
    setText('');
    cancel?.();
  });
  return (
    <form className="comment-form" onSubmit={form.submit}>
      <TextArea
        label={pageTexts.commentLabel}
        value={text}
        maxLength={MAX_COMMENT}
        hint={pageTexts.commentHint}
        error={form.errors['text']}
        onChange={(e) => setText(e.target.value)}
        onKeyDown={(e) => {
          if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) form.submit(e);
        }}
      />
      <FormFault>{form.fault}</FormFault>
      <div className="comment-actions">
        <Button look="primary" type="submit" busy={form.busy} disabled={text.trim() === ''}>
          {pageTexts.send}
        </Button>
        {cancel && (
          <Button look="quiet" onClick={cancel}>
            {pageTexts.cancelEdit}
          </Button>
        )}
      </div>
    </form>
  );
}

function CommentEntry({ activity, issueId }: { activity: Activity; issueId: number }) {
  const session = useSession();
  const queries = useQueryClient();
  const [isEditing, setEditing] = useState(false);
  const [isRemoving, setRemoving] = useState(false);
  const data = object(activity.data);
  const text = str(data['text']) ?? '';
  const isMine = activity.actor.id === session.user.id;
  const mayRemove = isMine || can(session, 'event:admin');
  const refresh = () => queries.invalidateQueries({ queryKey: ['activity', issueId] });
  const path = { id: issueId, comment: activity.id };
  if (isEditing) {
    return (
      <Editor
        text={text}
        cancel={() => setEditing(false)}
        send={async (next) => {
          await value(
            api.PATCH('/api/v1/issues/{id}/comments/{comment}', {
              params: { path },
              body: { text: next },
            }),
          );
          await refresh();
        }}
      />
    );
  }
  return (
    <div className="card comment">
      <Markdown>{text}</Markdown>
      {mayRemove && (
        <div className="comment-actions">
          {isMine && (
            <Button look="quiet" onClick={() => setEditing(true)}>
              {pageTexts.edit}
            </Button>
          )}
          <Button look="quiet" onClick={() => setRemoving(true)}>
            {pageTexts.removeComment}
          </Button>
          <Confirm
            open={isRemoving}
            onClose={() => setRemoving(false)}
            title={pageTexts.removeCommentTitle}
            action={pageTexts.removeComment}
            run={async () => {
              await value(api.DELETE('/api/v1/issues/{id}/comments/{comment}', { params: { path } }));
              await refresh();
            }}
          >
            <p>{pageTexts.removeCommentWords}</p>
          </Confirm>
        </div>
      )}
    </div>
  );
}

/** Who did what, the newest first, and what people have to say. */
export function ActivitySection({ issueId }: { issueId: number }) {
  const session = useSession();
  const queries = useQueryClient();
  const asked = useQuery(activityQuery(issueId));
  const activities = asked.data?.results ?? [];
  const add = useMutation({
    mutationFn: (text: string) =>
      value(
        api.POST('/api/v1/issues/{id}/comments', {
          params: { path: { id: issueId } },
          body: { text },
        }),
      ),
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['activity', issueId] }),
        queries.invalidateQueries({ queryKey: ['issue', issueId], exact: true }),
      ]),
  });
  return (
    <Section id="activity" title={pageTexts.activity} count={activities.length}>
      {can(session, 'event:write') && <Editor text="" send={(text) => add.mutateAsync(text)} />}
      {!asked.data && <Missing asked={asked} rows={2} />}
      <ol className="activity">
        {activities.map((activity) => (
          <li key={activity.id} className="activity-entry">
            <Avatar name={activity.actor.name} />
            <div className="activity-words">
              <p>
                <b>{activity.actor.name}</b> {wordsOf(activity)}{' '}
                <span className="meta">
                  <When at={activity.at} />
                </span>
              </p>
              {activity.kind === 'comment' && <CommentEntry activity={activity} issueId={issueId} />}
            </div>
          </li>
        ))}
      </ol>
    </Section>
  );
}
