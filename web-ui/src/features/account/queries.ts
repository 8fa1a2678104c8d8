import { queryOptions } from '@tanstack/react-query';
import { api, value } from '../../api/client';
import type { Path } from '../../api/model';

/**
 * Whether nobody ever logged in. Open to everybody, and so read from the answer to who is not logged in, which carries it
 * for the page that explains where the first password is.
 */
export const firstLoginQuery = queryOptions({
  queryKey: ['first-login'],
  queryFn: async () => {
    const answer = await fetch('/api/v1/session' satisfies Path);
    return answer.status === 401 && answer.headers.get('X-First-Login') === 'true';
  },
  retry: false,
});

const LOOK_AGAIN_MS = 5_000;

/** How people may log in here. */
export const loginMethodsQuery = queryOptions({
  queryKey: ['login-methods'],
  queryFn: () => value(api.GET('/api/v1/auth/methods')),
  staleTime: Infinity,
  // A provider that is away is looked for until it is back.
  refetchInterval: ({ state: { data } }) =>
    data?.single_sign_on && !data.single_sign_on_available ? LOOK_AGAIN_MS : false,
});
