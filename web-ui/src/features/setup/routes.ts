import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { projectsQuery } from '../../app/queries';
import { text } from '../../app/search';
import { shellRoute } from '../../app/shellRoute';

const newProjectRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/projects/new',
  component: lazyRouteComponent(() => import('./NewProjectPage'), 'NewProjectPage'),
});

const setupRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/projects/$slug/setup',
  validateSearch: (raw: Record<string, unknown>): { platform?: string | undefined } => {
    const platform = text(raw['platform']);
    return platform ? { platform } : {};
  },
  loader: ({ context }) => context.queries.ensureQueryData(projectsQuery),
  component: lazyRouteComponent(() => import('./SetupPage'), 'SetupPage'),
});

export const setupRoutes = [newProjectRoute, setupRoute] as const;
