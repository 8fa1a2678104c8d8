import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { SdkText } from '../../ui/SdkText';
import { Missing } from '../../ui/State';
import { When } from '../../ui/When';
import { Section } from './Section';
import { feedbackOfIssueQuery } from './pageQueries';
import { pageTexts } from './pageTexts';

/** What people said who met the issue; nothing if nobody did. */
export function IssueFeedback({ issueId }: { issueId: number }) {
  const asked = useQuery(feedbackOfIssueQuery(issueId));
  const { feedback } = pageTexts;
  if (asked.data === undefined && asked.error)
    return (
      <Section id="feedback" title={feedback.title}>
        <Missing asked={asked} />
      </Section>
    );
  const { data } = asked;
  if (!data || data.results.length === 0) return null;
  return (
    <Section id="feedback" title={feedback.title} count={data.results.length}>
      <ul className="card issue-feedback">
        {data.results.map((one) => (
          <li key={one.id}>
            <p>
              <SdkText limit={400}>{one.message}</SdkText>
            </p>
            <p className="meta">
              <SdkText inList limit={60}>
                {one.name ?? one.email ?? feedback.anonymous}
              </SdkText>
              , <When at={one.received_at} />
              {', '}
              <Link
                to="/feedback"
                search={{
                  id: one.id,
                  range: '90d',
                  status: one.status === 'unresolved' ? undefined : one.status,
                }}
              >
                {feedback.open}
              </Link>
            </p>
          </li>
        ))}
      </ul>
      {data.next && <p className="meta">{feedback.more}</p>}
    </Section>
  );
}
