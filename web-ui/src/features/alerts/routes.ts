import { createRoute, lazyRouteComponent, notFound } from '@tanstack/react-router';
import { rulesQuery } from '../../app/alerts';
import { projectsQuery } from '../../app/queries';
import { projectsOf } from '../../app/search';
import { shellRoute } from '../../app/shellRoute';
import { firingNowQuery, ruleQuery, validateAlertsSearch, validateRuleSearch } from './queries';

const alertsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/alerts',
  validateSearch: validateAlertsSearch,
  loaderDeps: ({ search }) => search,
  loader: async ({ context: { queries }, deps }) => {
    const projects = projectsOf(deps);
    if (deps.tab === undefined) await queries.prefetchQuery(firingNowQuery(projects));
    if (deps.tab === 'rules') await queries.prefetchQuery(rulesQuery(projects));
  },
  component: lazyRouteComponent(() => import('./AlertsPage'), 'AlertsPage'),
});

const newRuleRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/alerts/new',
  loader: ({ context: { queries } }) => queries.prefetchQuery(projectsQuery),
  component: lazyRouteComponent(() => import('./NewRulePage'), 'NewRulePage'),
});

const ruleRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/alerts/$id',
  params: {
    parse: ({ id }) => {
      if (!/^\d{1,15}$/.test(id)) throw notFound();
      return { id: Number(id) };
    },
    stringify: ({ id }) => ({ id: String(id) }),
  },
  validateSearch: validateRuleSearch,
  loader: ({ context: { queries }, params: { id } }) => queries.prefetchQuery(ruleQuery(id)),
  component: lazyRouteComponent(() => import('./RulePage'), 'RulePage'),
});

export const alertRoutes = [alertsRoute, newRuleRoute, ruleRoute] as const;
