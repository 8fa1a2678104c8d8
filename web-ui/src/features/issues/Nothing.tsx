import { useQuery } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import { projectsQuery } from '../../app/queries';
import { projectsOf } from '../../app/search';
import { can, useSession } from '../../app/session';
import { State } from '../../ui/State';
import { issueTexts } from './texts';

const route = getRouteApi('/shell/issues');

/** Why the list is empty, and what to do about it. */
export function Nothing() {
  const search = route.useSearch();
  const { data: projects } = useQuery(projectsQuery);
  const mayMake = can(useSession(), 'project:write');
  const texts = issueTexts.empty;
  const isWide = search.range === '90d' || search.start !== undefined;
  if (projects?.length === 0) {
    return (
      <State
        title={texts.noProject}
        action={
          mayMake && (
            <Link to="/projects/new" className="button button-primary">
              {texts.noProjectAction}
            </Link>
          )
        }
      >
        {texts.noProjectWords}
      </State>
    );
  }
  const chosen = projectsOf(search)[0] ?? (projects?.length === 1 ? projects[0]?.slug : undefined);
  const project = projects?.find((one) => one.slug === chosen);
  const widen = !isWide && (
    <Link to="/issues" search={{ ...search, range: '90d' }} className="button button-plain">
      {texts.widen}
    </Link>
  );
  if (search.query) {
    return (
      <State
        title={texts.title}
        action={
          <>
            <Link to="/issues" search={{ ...search, query: undefined }} className="button button-plain">
              {texts.clear}
            </Link>
            {widen}
          </>
        }
      >
        {texts.words(search.query)}
      </State>
    );
  }
  return (
    <State
      title={search.view ? texts.title : texts.calm}
      action={
        <>
          {widen}
          {project && (
            <Link to="/projects/$slug/setup" params={{ slug: project.slug }} className="button button-plain">
              {texts.setUp(project.name)}
            </Link>
          )}
        </>
      }
    >
      {search.view ? texts.inView : texts.calmWords}
    </State>
  );
}
