import { Link, useNavigate } from '@tanstack/react-router';
import { Check, Copy as CopyIcon, RotateCcw, Trash2, UserPlus } from 'lucide-react';
import { useState } from 'react';
import type { Event, IssueDetail } from '../../api/model';
import { AssignMenu } from '../../app/AssignMenu';
import { can, useSession } from '../../app/session';
import { Badge } from '../../ui/Badge';
import { Button, IconButton } from '../../ui/Button';
import { copyText } from '../../ui/Copy';
import { Confirm } from '../../ui/Dialog';
import { LevelMark } from '../../ui/LevelMark';
import { Menu } from '../../ui/Menu';
import { SdkText } from '../../ui/SdkText';
import { toast } from '../../ui/Toasts';
import { useHotkeys } from '../../ui/hotkeys';
import { IgnoreMenu, ResolveMenu } from './StateMenus';
import { StateLine } from './StateLine';
import { type Change, useIssueActions } from './actions';
import { exceptionsOf, rawTrace } from './frames';
import { markdownOf } from './markdownOf';
import { pageTexts } from './pageTexts';
import { issueTexts } from './texts';

function Crumbs({ issue }: { issue: IssueDetail }) {
  return (
    <nav className="crumbs" aria-label={pageTexts.crumbs}>
      <Link to="/issues">{pageTexts.issues}</Link>
      <span aria-hidden="true">/</span>
      <Link to="/issues" search={{ project: issue.project.slug }} className="mono">
        {issue.project.slug}
      </Link>
      <span aria-hidden="true">/</span>
      <span className="mono">{issue.short_id}</span>
      <StateLine issue={issue} />
      {issue.is_unhandled && <Badge tone="error">{issueTexts.unhandled}</Badge>}
    </nav>
  );
}

function CopyMenu({ issue, event }: { issue: IssueDetail; event: Event | undefined }) {
  const copy = (text: string, what: string) =>
    void copyText(text)
      .then(() => toast(pageTexts.copied(what)))
      .catch((e: unknown) => toast(e instanceof Error ? e.message : String(e)));
  const link = `${window.location.origin}/ui/issues/${issue.id}`;
  const markdown = () => copy(markdownOf(issue, event, link), pageTexts.copyMarkdown);
  useHotkeys([{ keys: 'c', label: pageTexts.copyMarkdown, group: pageTexts.keys.group, run: markdown }]);
  return (
    <Menu
      trigger={
        <IconButton label={pageTexts.copy}>
          <CopyIcon aria-hidden />
        </IconButton>
      }
      entries={[
        { label: pageTexts.copyMarkdown, run: markdown, keys: 'c' },
        ...(event
          ? [
              {
                label: pageTexts.copyRawTrace,
                run: () => copy(rawTrace(exceptionsOf(event)), pageTexts.copyRawTrace),
              },
              {
                label: pageTexts.raw,
                run: () => copy(JSON.stringify(event, null, 2), pageTexts.raw),
              },
            ]
          : []),
        { label: pageTexts.copyLink, run: () => copy(link, pageTexts.copyLink) },
      ]}
    />
  );
}

/** What the issue is, and what can be done to it. */
export function IssueHead({ issue, event }: { issue: IssueDetail; event: Event | undefined }) {
  const session = useSession();
  const navigate = useNavigate();
  const actions = useIssueActions();
  const [isRemoving, setRemoving] = useState(false);
  const canChange = can(session, 'event:write');
  const change = (wanted: Change) => void actions.change([issue], wanted);
  const set = (status: IssueDetail['status']) => change({ status });
  const isOpen = issue.status === 'unresolved';
  const { group } = pageTexts.keys;
  useHotkeys(
    canChange
      ? [
          {
            keys: 'e',
            label: isOpen ? issueTexts.resolve : issueTexts.unresolve,
            group,
            run: () => set(isOpen ? 'resolved' : 'unresolved'),
          },
          { keys: 'm', label: issueTexts.ignore, group, run: () => set('ignored') },
          {
            keys: 'a',
            label: issueTexts.assignToMe,
            group,
            run: () => void actions.change([issue], { assignee: session.user }),
          },
        ]
      : [],
  );
  const title = issue.type ?? issue.title;
  return (
    <header className="issue-head">
      <Crumbs issue={issue} />
      <h1 className="issue-name">
        <LevelMark level={issue.level} />
        <SdkText limit={200}>{title}</SdkText>
      </h1>
      {issue.type && issue.value && (
        <p className="issue-value">
          <SdkText>{issue.value}</SdkText>
        </p>
      )}
      {issue.culprit && (
        <p className="meta mono">
          <SdkText>{issue.culprit}</SdkText>
        </p>
      )}
      <div className="issue-actions">
        {canChange && (
          <>
            {isOpen ? (
              <Button
                look="primary"
                icon={<Check aria-hidden />}
                onClick={() => set('resolved')}
                title={`${issueTexts.resolve} (e)`}
              >
                {issueTexts.resolve}
              </Button>
            ) : (
              <Button
                icon={<RotateCcw aria-hidden />}
                onClick={() => set('unresolved')}
                title={`${issueTexts.unresolve} (e)`}
              >
                {issueTexts.unresolve}
              </Button>
            )}
            {issue.status !== 'resolved' && <ResolveMenu change={change} />}
            <IgnoreMenu change={change} />
            <AssignMenu
              trigger={
                <Button icon={<UserPlus aria-hidden />}>
                  {issue.assignee ? issue.assignee.name || issue.assignee.email : issueTexts.assign}
                </Button>
              }
              assignee={issue.assignee}
              assign={(assignee) => void actions.change([issue], { assignee })}
            />
          </>
        )}
        <CopyMenu issue={issue} event={event} />
        {can(session, 'event:admin') && (
          <IconButton label={issueTexts.remove} onClick={() => setRemoving(true)}>
            <Trash2 aria-hidden />
          </IconButton>
        )}
      </div>
      <Confirm
        open={isRemoving}
        onClose={() => setRemoving(false)}
        title={issueTexts.removeTitle('1 issue')}
        action={issueTexts.remove}
        run={async () => {
          await actions.remove([issue]);
          await navigate({ to: '/issues' });
        }}
      >
        <p>{issueTexts.removeWords}</p>
      </Confirm>
    </header>
  );
}
