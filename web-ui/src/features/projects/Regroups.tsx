import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Project } from '../../api/model';
import { Facts } from '../../ui/Facts';
import { SdkText } from '../../ui/SdkText';
import { When } from '../../ui/When';
import { exactNumber } from '../../ui/format';
import { RegroupState } from './RegroupState';
import { regroupsQuery } from './regroupQueries';
import { regroupTexts as texts } from './regroupTexts';

const { heads } = texts;

/** The regroups of a project, the newest first. */
export function Regroups({ project }: { project: Project }) {
  const asked = useQuery(regroupsQuery(project.id));
  return (
    <Facts
      title={texts.list}
      note={texts.listWords}
      none={texts.none}
      heads={[
        { name: heads.id },
        { name: heads.cause },
        { name: heads.state },
        { name: heads.events, end: true },
        { name: heads.issues, end: true },
        { name: heads.who },
        { name: heads.at },
      ]}
      rows={asked.data?.results}
      asked={asked}
      rowKey={(regroup) => regroup.id}
      cells={(regroup) => [
        <Link key="id" to="/projects/$slug/regroups/$id" params={{ slug: project.slug, id: regroup.id }}>
          {regroup.id}
        </Link>,
        <SdkText key="cause">{texts.why(regroup)}</SdkText>,
        <RegroupState key="state" state={regroup.state} />,
        regroup.cause === 'source_maps'
          ? texts.readable(regroup.readable_events)
          : regroup.events === null
            ? '–'
            : exactNumber(regroup.events),
        regroup.issues_before === null || regroup.issues_after === null
          ? '–'
          : `${exactNumber(regroup.issues_before)} → ${exactNumber(regroup.issues_after)}`,
        regroup.created_by,
        <When key="at" at={regroup.created_at} />,
      ]}
    />
  );
}
