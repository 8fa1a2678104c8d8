import { createRoute, lazyRouteComponent, notFound, redirect } from '@tanstack/react-router';
import { projectsQuery } from '../../app/queries';
import { oneOf, present } from '../../app/search';
import { shellRoute } from '../../app/shellRoute';
import { regroupQuery } from './regroupQueries';
import { SECTIONS } from './sections';

interface SettingsSearch {
  /** A regroup whose rules the section of grouping begins with, in place of the project's. */
  regroup?: number | undefined;
}

const settingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/projects/$slug/settings/$section',
  validateSearch: (raw: Record<string, unknown>): SettingsSearch => {
    const regroup = Number(raw['regroup']);
    return present({ regroup: Number.isSafeInteger(regroup) && regroup > 0 ? regroup : undefined });
  },
  loader: ({ context, params }) => {
    if (!oneOf(params.section, SECTIONS)) {
      throw redirect({ to: '/projects/$slug/settings/$section', params: { ...params, section: 'general' } });
    }
    return context.queries.ensureQueryData(projectsQuery);
  },
  component: lazyRouteComponent(() => import('./ProjectSettingsPage'), 'ProjectSettingsPage'),
});

const regroupRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/projects/$slug/regroups/$id',
  params: {
    parse: ({ slug, id }) => {
      if (!/^\d{1,15}$/.test(id)) throw notFound();
      return { slug, id: Number(id) };
    },
    stringify: ({ slug, id }) => ({ slug, id: String(id) }),
  },
  loader: async ({ context: { queries }, params }) => {
    await Promise.all([
      queries.ensureQueryData(projectsQuery),
      queries.prefetchQuery(regroupQuery(params.id)),
    ]);
  },
  component: lazyRouteComponent(() => import('./RegroupPage'), 'RegroupPage'),
});

const bareRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/projects/$slug/settings',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/projects/$slug/settings/$section', params: { ...params, section: 'general' } });
  },
});

export const projectRoutes = [settingsRoute, bareRoute, regroupRoute] as const;
