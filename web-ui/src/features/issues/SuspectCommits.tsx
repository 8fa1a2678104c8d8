import { useQuery } from '@tanstack/react-query';
import type { IssueDetail, SuspectCommit } from '../../api/model';
import { usersQuery } from '../../app/queries';
import { can, useSession } from '../../app/session';
import { Button } from '../../ui/Button';
import { ExternalLink } from '../../ui/ExternalLink';
import { SdkText } from '../../ui/SdkText';
import { When } from '../../ui/When';
import { useIssueActions } from './actions';
import { linkTexts as texts } from './linkTexts';
import { codeQuery } from './pageQueries';

const SHORT_ID = 10;

function One({ issue, commit }: { issue: IssueDetail; commit: SuspectCommit }) {
  const session = useSession();
  const { change } = useIssueActions();
  const { data: users = [] } = useQuery(usersQuery);
  const email = commit.author_email?.toLowerCase();
  const author = users.find((user) => user.active && user.email.toLowerCase() === email);
  const id = commit.id.slice(0, SHORT_ID);
  return (
    <li className="suspect">
      <p>
        <SdkText inList limit={120}>
          {commit.message?.split('\n')[0] || texts.noMessage}
        </SdkText>
      </p>
      <p className="meta">
        {commit.url ? <ExternalLink href={commit.url}>{id}</ExternalLink> : <SdkText inList>{id}</SdkText>}{' '}
        <SdkText inList limit={80}>
          {commit.author_name ?? commit.author_email ?? texts.noAuthor}
        </SdkText>{' '}
        {commit.committed_at && <When at={commit.committed_at} />}
      </p>
      {commit.files.slice(0, 3).map((file) => (
        <p key={file} className="meta mono suspect-file">
          <SdkText inList limit={120}>
            {file}
          </SdkText>
        </p>
      ))}
      {author && author.id !== issue.assignee?.id && can(session, 'event:write') && (
        <Button
          onClick={() =>
            void change([issue], {
              assignee: { id: author.id, name: author.name, email: author.email },
            })
          }
        >
          {texts.assign(author.name || author.email)}
        </Button>
      )}
    </li>
  );
}

interface SuspectCommitsProps {
  issue: IssueDetail;
  eventId: string;
}

/** The commits of the event's release that changed files of its frames; nothing if there are none. */
export function SuspectCommits({ issue, eventId }: SuspectCommitsProps) {
  const { data: code } = useQuery(codeQuery(eventId));
  if (!code || code.suspect_commits.length === 0) return null;
  return (
    <section className="issue-links" aria-labelledby="suspects">
      <h2 id="suspects">{texts.suspects}</h2>
      <p className="meta">{texts.suspectsHint}</p>
      <ul>
        {code.suspect_commits.map((commit) => (
          <One key={`${commit.repository ?? ''} ${commit.id}`} issue={issue} commit={commit} />
        ))}
      </ul>
    </section>
  );
}
