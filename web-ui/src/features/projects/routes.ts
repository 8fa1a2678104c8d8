import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { projectsQuery } from '../../app/queries';
import { oneOf } from '../../app/search';
import { shellRoute } from '../../app/shellRoute';
import { SECTIONS } from './sections';

const settingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/projects/$slug/settings/$section',
  loader: ({ context, params }) => {
    if (!oneOf(params.section, SECTIONS)) {
      throw redirect({ to: '/projects/$slug/settings/$section', params: { ...params, section: 'general' } });
    }
    return context.queries.ensureQueryData(projectsQuery);
  },
  component: lazyRouteComponent(() => import('./ProjectSettingsPage'), 'ProjectSettingsPage'),
});

const bareRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/projects/$slug/settings',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/projects/$slug/settings/$section', params: { ...params, section: 'general' } });
  },
});

export const projectRoutes = [settingsRoute, bareRoute] as const;
