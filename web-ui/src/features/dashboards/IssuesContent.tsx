import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { oneOf } from '../../app/search';
import { Count } from '../../ui/Count';
import { LevelMark } from '../../ui/LevelMark';
import { SdkText } from '../../ui/SdkText';
import { When } from '../../ui/When';
import type { ContentProps } from './WidgetContent';
import { WidgetEmpty, WidgetMissing } from './WidgetState';
import { ISSUE_SORTS } from './kinds';
import { issuesQuery } from './queries';
import { dashboardsTexts } from './texts';
import { both } from './words';

const { widget: texts } = dashboardsTexts;

/** Issues that a search finds, with their events in the time of the page. */
export function IssuesContent({ widget, scope, filter }: ContentProps) {
  const asked = useQuery(issuesQuery({ widget, scope, filter }));
  if (!asked.data || asked.error) return <WidgetMissing asked={asked} />;
  if (asked.data.results.length === 0) return <WidgetEmpty />;
  const sort = oneOf(widget.sort, ISSUE_SORTS);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reachable by keyboard
    <div className="widget-scroll" tabIndex={0} role="group" aria-label={widget.title}>
      <ol className="widget-issues">
        {asked.data.results.map((issue) => (
          <li key={issue.id}>
            <LevelMark level={issue.level} />
            <Link to="/issues/$id" params={{ id: issue.id }} className="widget-issue">
              <SdkText inList>{issue.title}</SdkText>
            </Link>
            <span className="num">
              <Count value={issue.events} />
            </span>
            <span className="meta widget-seen">
              <When at={issue.last_seen} />
            </span>
          </li>
        ))}
      </ol>
      <Link
        to="/issues"
        search={{ ...scope, query: both(widget.query, filter) || undefined, sort }}
        className="widget-all"
      >
        {texts.allIssues}
      </Link>
    </div>
  );
}
