import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import type { Project } from '../../api/model';
import { projectsQuery } from '../../app/queries';
import { oneOf } from '../../app/search';
import { can, useSession } from '../../app/session';
import { useTitle } from '../../app/useTitle';
import { texts } from '../../texts/en';
import { SectionsPage } from '../../ui/SectionsPage';
import { State } from '../../ui/State';
import { Webhooks } from '../webhooks/Webhooks';
import { Danger } from './Danger';
import { Filters } from './Filters';
import { General } from './General';
import { GroupingSettings } from './GroupingSettings';
import { Keys } from './Keys';
import { Limits } from './Limits';
import { Mappings } from './Mappings';
import { People } from './People';
import { Repository } from './Repository';
import { Scrubbing } from './Scrubbing';
import './projects.css';
import { SECTIONS, type SectionName } from './sections';
import { SpikeProtection } from './SpikeProtection';
import { StorageCap } from './StorageCap';
import { projectTexts } from './texts';

const route = getRouteApi('/shell/projects/$slug/settings/$section');

function Section({ name, project }: { name: SectionName; project: Project }) {
  const session = useSession();
  const mayChange = can(session, 'project:write');
  const mayDelete = can(session, 'project:admin');
  switch (name) {
    case 'general':
      return <General key={project.id} project={project} mayChange={mayChange} />;
    case 'keys':
      return <Keys project={project} mayChange={mayChange} />;
    case 'limits':
      return (
        <>
          <Limits key={project.id} project={project} mayChange={mayChange} />
          <SpikeProtection key={`protection ${project.id}`} project={project} mayChange={mayChange} />
          <StorageCap key={`cap ${project.id}`} project={project} mayChange={mayChange} />
        </>
      );
    case 'filters':
      return <Filters key={project.id} project={project} mayChange={mayChange} />;
    case 'repository':
      return <Repository project={project} mayChange={mayChange} />;
    case 'mappings':
      return <Mappings project={project} />;
    case 'webhooks':
      return <Webhooks key={project.id} project={project.id} mayChange={can(session, 'alerts:write')} />;
    case 'scrubbing':
      return <Scrubbing project={project} mayChange={mayChange} />;
    case 'grouping':
      return <GroupingSettings project={project} mayChange={mayChange} />;
    case 'people':
      return <People project={project} mayDelete={mayDelete} />;
    case 'danger':
      return <Danger project={project} mayDelete={mayDelete} />;
  }
}

/** What can be set of a project, section by section. */
export function ProjectSettingsPage() {
  const { slug, section } = route.useParams();
  const session = useSession();
  const { data: projects } = useSuspenseQuery(projectsQuery);
  const project = projects.find((one) => one.slug === slug);
  useTitle(project ? projectTexts.page(project.name) : texts.fault.notFound);
  if (!project) return <State whole title={texts.fault.notFound} />;
  const name = oneOf(section, SECTIONS) ?? 'general';
  const head = (
    <div className="project-head">
      <h1>{projectTexts.page(project.name)}</h1>
      <Link to="/projects/$slug/setup" params={{ slug }}>
        {projectTexts.setup}
      </Link>
      <Link to="/issues" search={{ project: slug }}>
        {projectTexts.issues}
      </Link>
    </div>
  );
  const links = SECTIONS.map((one) => (
    <Link key={one} to="/projects/$slug/settings/$section" params={{ slug, section: one }}>
      {projectTexts.sections[one]}
    </Link>
  ));
  return (
    <SectionsPage head={head} label={projectTexts.sections.label} links={links}>
      {!can(session, 'project:write') && name !== 'danger' && (
        <p className="meta">{projectTexts.readOnly('project:write')}</p>
      )}
      <Section name={name} project={project} />
    </SectionsPage>
  );
}
