import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  redirect,
  retainSearchParams,
} from '@tanstack/react-router';
import { PageFault } from './PageFault';
import { Shell } from './Shell';
import { SCOPE_KEYS, type Scope, validateScope } from './search';
import { sessionQuery } from './session';

export interface RouterContext {
  queries: QueryClient;
}

export const rootRoute = createRootRouteWithContext<RouterContext>()();

/** Everything that needs a login: the frame with navigation, scope and ledger around the page. */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  validateSearch: validateScope,
  search: { middlewares: [retainSearchParams<Scope>([...SCOPE_KEYS])] },
  beforeLoad: async ({ context, location }) => {
    const session = await context.queries.ensureQueryData(sessionQuery);
    if (!session) throw redirect({ to: '/login', search: { next: location.href } });
    if (session.user.must_change_password)
      throw redirect({ to: '/welcome', search: { next: location.href } });
    if (session.user.must_set_up_second_factor)
      throw redirect({ to: '/second-factor', search: { next: location.href } });
  },
  component: Shell,
  errorComponent: ({ error }) => (
    <main>
      <PageFault error={error} />
    </main>
  ),
});
