import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, value } from '../../api/client';
import { DEFAULT_RANGE, type Scope, oneOf, present, projectsOf, scopeQuery } from '../../app/search';

export interface DashboardSearch {
  /** '0' while it stands still. */
  live?: '0' | undefined;
  /** '1' without the navigation, as on a screen on a wall. */
  tv?: '1' | undefined;
}

export function validateDashboardSearch(raw: Record<string, unknown>): DashboardSearch {
  return present({ live: oneOf(raw['live'], ['0'] as const), tv: oneOf(raw['tv'], ['1'] as const) });
}

export const DASHBOARD = 'dashboard';
const ROWS = 8;

/** The scope as the dashboard is asked for it: the server knows what now is. */
function asked(scope: Scope) {
  const projects = projectsOf(scope);
  return present({
    project: projects.length > 0 ? projects : undefined,
    environment: scope.environment === undefined ? undefined : [scope.environment],
    range: scope.start ? undefined : (scope.range ?? DEFAULT_RANGE),
    start: scope.start,
    end: scope.end,
  });
}

function options<T>(part: string, scope: Scope, queryFn: () => Promise<T>) {
  const { project, environment, range, start, end } = scope;
  return queryOptions({
    queryKey: [DASHBOARD, part, project, environment, range, start, end],
    queryFn,
    placeholderData: keepPreviousData,
  });
}

export const errorsQuery = (scope: Scope) =>
  options('errors', scope, () => value(api.GET('/api/v1/dashboard', { params: { query: asked(scope) } })));

export const figuresQuery = (scope: Scope) =>
  options('figures', scope, () =>
    value(api.GET('/api/v1/dashboard/figures', { params: { query: asked(scope) } })),
  );

export const releasesQuery = (scope: Scope) =>
  options('releases', scope, () =>
    value(api.GET('/api/v1/dashboard/releases', { params: { query: asked(scope) } })),
  );

export const issuesQuery = (scope: Scope) =>
  options('issues', scope, () =>
    value(
      api.GET('/api/v1/issues', { params: { query: { ...scopeQuery(scope), sort: 'events', limit: ROWS } } }),
    ),
  );

const SPIKES = 50;

/** The spikes of projects in the scope; those of issues stand on the pages of their issues. */
export const spikesQuery = (scope: Scope) =>
  options('spikes', scope, () => {
    const { environment: _, ...ofProjects } = scopeQuery(scope);
    return value(
      api.GET('/api/v1/spikes', { params: { query: { ...ofProjects, issue: 0, limit: SPIKES } } }),
    );
  });
