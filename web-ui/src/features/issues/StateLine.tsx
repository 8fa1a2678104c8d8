import type { Issue, IssueDetail } from '../../api/model';
import { Badge } from '../../ui/Badge';
import { SdkText } from '../../ui/SdkText';
import { When } from '../../ui/When';
import { pageTexts } from './pageTexts';
import { stateTexts } from './stateTexts';
import { detailWords } from './stateWords';
import { issueTexts } from './texts';

/** The word of an issue's state that calls for action, or says that none is wanted. */
export function StateBadge({ issue }: { issue: Issue }) {
  if (issue.status === 'resolved') return <Badge tone="good">{issueTexts.resolvedBadge}</Badge>;
  if (issue.status === 'ignored') return <Badge>{issueTexts.ignoredBadge}</Badge>;
  if (issue.substatus === 'regressed') return <Badge tone="warning">{stateTexts.substatus.regressed}</Badge>;
  if (issue.substatus === 'escalating') return <Badge tone="error">{stateTexts.substatus.escalating}</Badge>;
  return issue.is_new ? <Badge tone="info">{issueTexts.isNew}</Badge> : null;
}

/** Who brought an issue to its state and when, and what ends it. */
export function StateLine({ issue }: { issue: IssueDetail }) {
  const words = detailWords(issue.status_details);
  const until = issue.status_details.ignore_until;
  return (
    <>
      <StateBadge issue={issue} />
      {issue.status !== 'unresolved' && (
        <span className="meta">
          {words && (
            <>
              <SdkText inList limit={120}>
                {words}
              </SdkText>
              {', '}
            </>
          )}
          {until && (
            <>
              {`${stateTexts.details.until} `}
              <When at={until} form="local" />
              {', '}
            </>
          )}
          {issue.status_changed_by && `${pageTexts.by(issue.status_changed_by.name)}, `}
          <When at={issue.status_changed_at} />
        </span>
      )}
    </>
  );
}
