import { Link } from '@tanstack/react-router';
import type { Release, ReleaseSort } from '../../api/model';
import { Badge } from '../../ui/Badge';
import { Count } from '../../ui/Count';
import type { Column } from '../../ui/DataTable';
import { SdkText } from '../../ui/SdkText';
import { When } from '../../ui/When';
import { MissingMaps } from './MissingMaps';
import { healthColumns } from './healthColumns';
import { releaseTexts } from './texts';

const { columns: heads } = releaseTexts;

/** The columns of the list; heads that the API sorts by sort. */
export function releaseColumns(sort: ReleaseSort, sortBy: (sort: ReleaseSort) => void): Column<Release>[] {
  const sorting = (by: ReleaseSort) => ({
    sort: () => sortBy(by),
    sorted: sort === by ? ('descending' as const) : undefined,
  });
  return [
    {
      name: 'version',
      head: heads.version,
      width: 'minmax(160px, 2fr)',
      ...sorting('version'),
      cell: (release) => (
        <span className="release-name">
          <Link className="mono" to="/releases/$id" params={{ id: release.id }} preload="intent">
            <SdkText inList limit={120}>
              {release.short_version}
            </SdkText>
          </Link>
          <span className="meta">
            {release.project.name}
            {release.archived && <Badge>{releaseTexts.archivedBadge}</Badge>}
            <MissingMaps release={release} />
          </span>
        </span>
      ),
    },
    {
      name: 'deployments',
      head: heads.deployments,
      width: 'minmax(140px, 1fr)',
      from: 'tablet',
      cell: (release) =>
        release.deployments.length === 0 ? (
          <span className="meta">–</span>
        ) : (
          <span className="release-name">
            {release.deployments.slice(0, 2).map((one) => (
              <span key={one.environment}>
                <SdkText inList limit={40}>
                  {one.environment}
                </SdkText>{' '}
                <span className="meta">
                  <When at={one.deployed_at} />
                </span>
              </span>
            ))}
          </span>
        ),
    },
    ...healthColumns,
    {
      name: 'events',
      head: heads.events,
      width: '72px',
      align: 'end',
      cell: (release) => <Count value={release.events} />,
    },
    {
      name: 'new_issues',
      head: heads.fresh,
      width: '88px',
      align: 'end',
      cell: (release) => <IssueCount release={release} />,
    },
    {
      name: 'regressed',
      head: heads.regressed,
      width: '88px',
      align: 'end',
      from: 'tablet',
      cell: (release) => <RegressedCount release={release} />,
    },
    {
      name: 'last_event',
      head: heads.last,
      width: '96px',
      from: 'desk',
      ...sorting('last_event'),
      cell: (release) => <When at={release.last_event_at} />,
    },
    {
      name: 'date',
      head: heads.date,
      width: '96px',
      from: 'tablet',
      ...sorting('date'),
      cell: (release) => <When at={release.date} />,
    },
  ];
}

const ALL_TIME = '90d';

type Linked = Pick<Release, 'version' | 'project'>;

/** A number of issues of a release: a link to just these, of all environments if they are counted so. */
function IssueLink({
  release,
  count,
  by,
}: {
  release: Linked;
  count: number;
  by: 'first_release' | 'regressed_in';
}) {
  return count === 0 ? (
    <Count value={0} />
  ) : (
    <Link
      to="/issues"
      search={{
        project: release.project.slug,
        [by]: release.version,
        view: 'all',
        range: ALL_TIME,
        ...(by === 'regressed_in' ? { environment: undefined } : {}),
      }}
    >
      <Count value={count} />
    </Link>
  );
}

/** How many issues are new in a release. */
export function IssueCount({ release }: { release: Linked & Pick<Release, 'new_issues'> }) {
  return <IssueLink release={release} count={release.new_issues} by="first_release" />;
}

/** How many issues came back in a release after they were resolved, whatever the environment. */
export function RegressedCount({ release }: { release: Linked & Pick<Release, 'regressed_issues'> }) {
  return <IssueLink release={release} count={release.regressed_issues} by="regressed_in" />;
}
