import { useQuery } from '@tanstack/react-query';
import { projectsQuery } from '../../app/queries';
import { type Scope, projectsOf } from '../../app/search';

/** The id of the project in the scope; undefined for all, and for several, as these lists take one or all. */
export function useScopeProject(scope: Scope): number | undefined {
  const { data: projects = [] } = useQuery(projectsQuery);
  const slugs = projectsOf(scope);
  return slugs.length === 1 ? projects.find((project) => project.slug === slugs[0])?.id : undefined;
}
