import { useQueryClient } from '@tanstack/react-query';
import type { Project } from '../../api/model';
import { projectsQuery } from '../../app/queries';
import { toast } from '../../ui/Toasts';
import { projectTexts } from './texts';

/** Puts the answer to a change of a project, which is the whole of it, in the place of what was known. */
export function useProjectChange(): (project: Project, words?: string) => void {
  const queries = useQueryClient();
  return (project, words = projectTexts.saved) => {
    queries.setQueryData<Project[]>(projectsQuery.queryKey, (before) =>
      before?.map((one) => (one.id === project.id ? project : one)),
    );
    toast(words);
  };
}
