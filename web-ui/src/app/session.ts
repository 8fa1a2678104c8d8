import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { RequestFailed, api, keepCsrfToken, value } from '../api/client';
import type { Role, Session } from '../api/model';

async function load(): Promise<Session | null> {
  try {
    const session = await value(api.GET('/api/v1/session'));
    keepCsrfToken(session);
    return session;
  } catch (e) {
    if (e instanceof RequestFailed && e.status === 401) return null;
    throw e;
  }
}

/** Who is logged in; null for nobody. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: load,
  staleTime: Infinity,
  retry: false,
});

/** @param code of who has a second factor */
export async function logIn(email: string, password: string, code?: string): Promise<Session> {
  const body = { email, password, ...(code === undefined ? {} : { code }) };
  const session = await value(api.POST('/api/v1/session', { body }));
  keepCsrfToken(session);
  return session;
}

export async function logOut(): Promise<void> {
  await value(api.DELETE('/api/v1/session'));
  keepCsrfToken(null);
}

/** The session of a page inside the shell, where somebody is always logged in. */
export function useSession(): Session {
  const { data } = useSuspenseQuery(sessionQuery);
  if (!data) throw new Error('a page inside the shell without a session');
  return data;
}

/** Whether the session may do something; the server has the last word. */
export function can(session: Session, scope: string): boolean {
  return session.scopes.includes(scope);
}

const RANK: Record<Role, number> = { viewer: 0, member: 1, admin: 2, owner: 3 };

export function isAtLeast(session: Session, role: Role): boolean {
  return RANK[session.user.role] >= RANK[role];
}
