import { QueryClient } from '@tanstack/react-query';
import { createRoute, createRouter, redirect } from '@tanstack/react-router';
import { RequestFailed } from '../api/client';
import { accountRoutes } from '../features/account/routes';
import { accountSettingsRoutes } from '../features/account/settingsRoutes';
import { adminRoutes } from '../features/admin/routes';
import { alertRoutes } from '../features/alerts/routes';
import { cronRoutes } from '../features/crons/routes';
import { dashboardRoutes } from '../features/dashboard/routes';
import { savedDashboardRoutes } from '../features/dashboards/routes';
import { eventRoutes } from '../features/events/routes';
import { feedbackRoutes } from '../features/feedback/routes';
import { issueRoutes } from '../features/issues/routes';
import { logRoutes } from '../features/logs/routes';
import { performanceRoutes } from '../features/performance/routes';
import { importRoutes } from '../features/imports/routes';
import { pipelineRoutes } from '../features/pipeline/routes';
import { projectRoutes } from '../features/projects/routes';
import { releaseRoutes } from '../features/releases/routes';
import { setupRoutes } from '../features/setup/routes';
import { uptimeRoutes } from '../features/uptime/routes';
import { texts } from '../texts/en';
import { State } from '../ui/State';
import { PageFault } from './PageFault';
import { parseSearch, stringifySearch } from './search';
import { rootRoute, shellRoute } from './shellRoute';

const startRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/issues' });
  },
});

function NotFound() {
  return <State whole title={texts.fault.notFound} />;
}

/** Any other address, so that what it says stands inside the shell. */
const elsewhereRoute = createRoute({ getParentRoute: () => shellRoute, path: '$', component: NotFound });

const routeTree = rootRoute.addChildren([
  startRoute,
  ...accountRoutes,
  shellRoute.addChildren([
    ...issueRoutes,
    ...eventRoutes,
    ...logRoutes,
    ...dashboardRoutes,
    ...savedDashboardRoutes,
    ...releaseRoutes,
    ...alertRoutes,
    ...importRoutes,
    ...pipelineRoutes,
    ...performanceRoutes,
    ...cronRoutes,
    ...uptimeRoutes,
    ...feedbackRoutes,
    ...setupRoutes,
    ...projectRoutes,
    ...accountSettingsRoutes,
    ...adminRoutes,
    elsewhereRoute,
  ]),
]);

const MAX_RETRIES = 1;

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: true,
      // An answer that says no says so again; only no answer at all is asked for once more.
      retry: (count, error) => count < MAX_RETRIES && error instanceof RequestFailed && error.status === 0,
      throwOnError: false,
    },
  },
});

export const router = createRouter({
  routeTree,
  basepath: '/ui',
  context: { queries },
  parseSearch,
  stringifySearch,
  defaultPreloadStaleTime: 0,
  defaultPendingMs: 200,
  defaultPendingMinMs: 0,
  scrollRestoration: true,
  defaultErrorComponent: PageFault,
  defaultNotFoundComponent: NotFound,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
