import { useQuery } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { AlertFiring, AlertSnooze } from '../../api/model';
import { SnoozeMenu } from '../../app/SnoozeMenu';
import { snoozesQuery } from '../../app/alerts';
import { present, projectsOf } from '../../app/search';
import { can, useSession } from '../../app/session';
import { type Column, DataTable } from '../../ui/DataTable';
import { SdkText } from '../../ui/SdkText';
import { Fault, Skeleton, State } from '../../ui/State';
import { When } from '../../ui/When';
import { firingNowQuery } from './queries';
import { alertTexts } from './texts';

const route = getRouteApi('/shell/alerts');
const ROW = 52;
const { firing: texts } = alertTexts;
const NONE: readonly AlertSnooze[] = [];

/** Exactly this rule for this issue. */
function snoozesOf(firing: AlertFiring, snoozes: readonly AlertSnooze[]): AlertSnooze[] {
  return snoozes.filter(({ rule, issue }) => rule === firing.rule && issue === firing.issue);
}

function columnsOf(snoozes: readonly AlertSnooze[], maySnooze: boolean): Column<AlertFiring>[] {
  return [
    {
      name: 'issue',
      head: texts.issue,
      width: 'minmax(160px, 2fr)',
      cell: (firing) =>
        firing.issue === null ? (
          texts.project
        ) : (
          <span className="alert-two">
            <Link to="/issues/$id" params={{ id: firing.issue }} preload="intent">
              <SdkText inList limit={120}>
                {firing.title}
              </SdkText>
            </Link>
            <span className="meta">{firing.short_id}</span>
          </span>
        ),
    },
    {
      name: 'rule',
      head: texts.rule,
      width: 'minmax(120px, 1fr)',
      cell: (firing) => (
        <Link to="/alerts/$id" params={{ id: firing.rule }} preload="intent">
          {firing.rule_name}
        </Link>
      ),
    },
    {
      name: 'why',
      head: texts.why,
      width: 'minmax(160px, 2fr)',
      from: 'tablet',
      cell: (firing) => <span title={firing.reason}>{firing.reason}</span>,
    },
    { name: 'since', head: texts.since, width: '96px', cell: (firing) => <When at={firing.fired_at} /> },
    ...(maySnooze
      ? [
          {
            name: 'snooze',
            head: <span className="sr-only">{alertTexts.firing.list}</span>,
            width: '148px',
            from: 'tablet' as const,
            cell: (firing: AlertFiring) => (
              <SnoozeMenu
                what={present({ rule: firing.rule, issue: firing.issue ?? undefined })}
                current={snoozesOf(firing, snoozes)}
                name={firing.title || firing.rule_name}
              />
            ),
          },
        ]
      : []),
  ];
}

/** What fired, and still holds. */
export function FiringNow() {
  const projects = projectsOf(route.useSearch());
  const session = useSession();
  const answer = useQuery(firingNowQuery(projects));
  const { data: snoozed } = useQuery(
    snoozesQuery(present({ project: projects.length > 0 ? projects : undefined })),
  );
  const snoozes = snoozed?.results ?? NONE;
  const maySnooze = can(session, 'alerts:write');
  const columns = useMemo(() => columnsOf(snoozes, maySnooze), [snoozes, maySnooze]);
  if (answer.isPending) return <Skeleton rows={6} height={ROW} />;
  if (answer.data === undefined) return <Fault error={answer.error} retry={() => void answer.refetch()} />;
  if (answer.data.results.length === 0) return <State title={texts.none}>{texts.noneWords}</State>;
  return (
    <DataTable
      label={texts.list}
      columns={columns}
      rows={answer.data.results}
      rowKey={(firing) => firing.id}
      rowHeight={ROW}
    />
  );
}
