import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { projectsQuery } from '../../app/queries';
import { can, useSession } from '../../app/session';
import { Facts } from '../../ui/Facts';
import { When } from '../../ui/When';
import { exactNumber, span } from '../../ui/format';
import { adminTexts } from './texts';

const { projects: texts } = adminTexts;

/** All projects with what stands out of their settings. */
export function Projects() {
  const session = useSession();
  const projects = useQuery(projectsQuery);
  return (
    <>
      {can(session, 'project:write') && <Link to="/projects/new">{texts.add}</Link>}
      <Facts
        title={texts.list}
        none={adminTexts.none}
        heads={[
          { name: texts.name },
          { name: texts.platform },
          { name: texts.status },
          { name: texts.keys, end: true },
          { name: texts.limits },
          { name: texts.created },
          { name: '' },
        ]}
        rows={projects.data}
        asked={projects}
        rowKey={(project) => project.id}
        cells={(project) => [
          <Link
            key="name"
            to="/projects/$slug/settings/$section"
            params={{ slug: project.slug, section: 'general' }}
          >
            {project.name}
          </Link>,
          project.platform ?? '–',
          texts.states[project.status],
          project.keys.filter((key) => key.active).length,
          project.limits.length === 0
            ? texts.standard
            : project.limits
                .map((limit) => `${exactNumber(limit.limit)} / ${span(limit.window_seconds)}`)
                .join(', '),
          <When key="created" at={project.created_at} />,
          <span key="links" className="row-actions">
            <Link to="/issues" search={{ project: project.slug }}>
              {texts.issues}
            </Link>
            <Link to="/events" search={{ project: project.slug }}>
              {texts.events}
            </Link>
            <Link to="/logs" search={{ project: project.slug }}>
              {texts.logs}
            </Link>
          </span>,
        ]}
      />
    </>
  );
}
