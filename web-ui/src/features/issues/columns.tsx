import { Link } from '@tanstack/react-router';
import type { Issue } from '../../api/model';
import { Avatar } from '../../ui/Avatar';
import { Badge } from '../../ui/Badge';
import { Count } from '../../ui/Count';
import type { Column } from '../../ui/DataTable';
import { LevelMark } from '../../ui/LevelMark';
import { SdkText } from '../../ui/SdkText';
import { Sparkline } from '../../ui/Sparkline';
import { When } from '../../ui/When';
import { exactNumber } from '../../ui/format';
import type { IssueSort } from '../../api/model';
import { StateBadge } from './StateLine';
import { issueTexts } from './texts';

interface ColumnsInput {
  selected: ReadonlySet<number>;
  toggle: (issue: Issue) => void;
  sort: IssueSort;
  sortBy: (sort: IssueSort) => void;
  isAllSelected: boolean;
  toggleAll: () => void;
  countWords: string;
  rangeWords: string;
  canChange: boolean;
}

function Badges({ issue }: { issue: Issue }) {
  return (
    <>
      <StateBadge issue={issue} />
      {issue.is_unhandled && <Badge tone="error">{issueTexts.unhandled}</Badge>}
    </>
  );
}

const sum = (values: readonly number[]) => values.reduce((total, one) => total + one, 0);

function Trend({ issue, width, height }: { issue: Issue; width: number; height: number }) {
  return (
    <Sparkline
      values={issue.trend}
      width={width}
      height={height}
      label={issueTexts.trend(exactNumber(sum(issue.trend)))}
    />
  );
}

function Title({ issue }: { issue: Issue }) {
  const isSplit = issue.type !== null && issue.type !== '';
  return (
    <div className="issue-title">
      <LevelMark level={issue.level} />
      <div className="issue-lines">
        <Link to="/issues/$id" params={{ id: issue.id }} className="issue-link" preload="intent">
          <b>
            <SdkText inList>{isSplit ? issue.type! : issue.title}</SdkText>
          </b>
          {isSplit && issue.value && (
            <span>
              {' '}
              <SdkText inList>{issue.value}</SdkText>
            </span>
          )}
        </Link>
        <div className="issue-meta">
          <Badges issue={issue} />
          <span className="mono">{issue.short_id}</span>
          {issue.culprit && (
            <span className="issue-culprit">
              <SdkText inList>{issue.culprit}</SdkText>
            </span>
          )}
          {issue.comments > 0 && <span>{issueTexts.comments(issue.comments)}</span>}
        </div>
        <div className="issue-phone">
          <Trend issue={issue} width={100} height={18} />
          <b>
            <Count value={issue.events} />
          </b>
          <When at={issue.last_seen} />
        </div>
      </div>
    </div>
  );
}

/** The columns of the list, the one by which it is sorted marked. */
export function issueColumns(input: ColumnsInput): Column<Issue>[] {
  const { selected, toggle, sort, sortBy } = input;
  const sorted = (by: IssueSort) => ({
    sort: () => sortBy(by),
    sorted: sort === by ? ('descending' as const) : undefined,
  });
  const number = (name: 'events' | 'users', total: 'events_total' | 'users_total'): Column<Issue> => ({
    name,
    head: issueTexts.columns[name],
    width: '64px',
    align: 'end',
    from: name === 'users' ? 'desk' : 'tablet',
    ...sorted(name),
    cell: (issue) => (
      <b>
        <Count
          value={issue[name]}
          title={issueTexts.lifetime(exactNumber(issue[name]), exactNumber(issue[total]))}
        />
      </b>
    ),
  });
  const check: Column<Issue> = {
    name: 'select',
    head: (
      <input
        type="checkbox"
        className="check"
        aria-label={issueTexts.selectAll}
        checked={input.isAllSelected}
        ref={(box) => {
          if (box) box.indeterminate = !input.isAllSelected && selected.size > 0;
        }}
        onChange={input.toggleAll}
      />
    ),
    width: '16px',
    from: 'tablet',
    cell: (issue) => (
      <input
        type="checkbox"
        className="check"
        aria-label={issueTexts.select(issue.title)}
        checked={selected.has(issue.id)}
        onChange={() => toggle(issue)}
      />
    ),
  };
  return [
    ...(input.canChange ? [check] : []),
    {
      name: 'issue',
      head: input.countWords,
      width: 'minmax(0, 1fr)',
      cell: (issue) => <Title issue={issue} />,
    },
    {
      name: 'trend',
      head: issueTexts.columns.trend,
      width: '120px',
      from: 'tablet',
      cell: (issue) => <Trend issue={issue} width={120} height={24} />,
    },
    number('events', 'events_total'),
    number('users', 'users_total'),
    {
      name: 'last',
      head: issueTexts.columns.last,
      width: '84px',
      align: 'end',
      from: 'tablet',
      ...sorted('last_seen'),
      cell: (issue) => <When at={issue.last_seen} />,
    },
    {
      name: 'first',
      head: issueTexts.columns.first,
      width: '84px',
      align: 'end',
      from: 'desk',
      ...sorted('first_seen'),
      cell: (issue) => <When at={issue.first_seen} />,
    },
    {
      name: 'assignee',
      head: <span className="sr-only">{issueTexts.columns.assignee}</span>,
      width: '28px',
      from: 'tablet',
      cell: (issue) => issue.assignee && <Avatar name={issue.assignee.name || issue.assignee.email} />,
    },
  ];
}
