import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { IssueDetail } from '../../api/model';
import { SnoozeMenu } from '../../app/SnoozeMenu';
import { firingsOfIssueQuery, rulesQuery, snoozesQuery } from '../../app/alerts';
import { can, useSession } from '../../app/session';
import { When } from '../../ui/When';
import { issueAlertTexts as texts } from './alertTexts';

const FIRINGS = 3;

/** Which rules there are for an issue, what they did of late, and their silence. */
export function IssueAlerts({ issue }: { issue: IssueDetail }) {
  const session = useSession();
  const { data: rules } = useQuery(rulesQuery([issue.project.slug]));
  const { data: firings } = useQuery(firingsOfIssueQuery(issue.id, FIRINGS));
  const { data: snoozes } = useQuery(snoozesQuery({ issue: issue.id }));
  if (!can(session, 'alerts:read')) return null;
  const applying = (rules?.results ?? []).filter(({ enabled }) => enabled);
  const ofIssue = (snoozes?.results ?? []).filter((one) => one.issue === issue.id && one.rule === null);
  return (
    <section className="issue-links" aria-labelledby="issue-alerts">
      <h2 id="issue-alerts">{texts.title}</h2>
      {firings && firings.results.length > 0 && (
        <ul>
          {firings.results.map((firing) => (
            <li key={firing.id}>
              <Link to="/alerts/$id" params={{ id: firing.rule }} search={{ tab: 'history' }}>
                {firing.rule_name}
              </Link>{' '}
              <span className="meta">
                <When at={firing.fired_at} />, {firing.reason}
              </span>
            </li>
          ))}
        </ul>
      )}
      {rules && (
        <p className="meta">
          {applying.length === 0 ? texts.noRule : texts.rules(applying.map(({ rule }) => rule.name))}
        </p>
      )}
      {can(session, 'alerts:write') && applying.length > 0 && (
        <SnoozeMenu what={{ issue: issue.id }} current={ofIssue} name={texts.title} />
      )}
    </section>
  );
}
