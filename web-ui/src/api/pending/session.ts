import type { Operation } from './shape';

export type Role = 'owner' | 'admin' | 'member' | 'viewer';

export interface Session {
  user: { id: number; email: string; name: string; role: Role; must_change_password: boolean };
  csrf_token: string;
  organization: { slug: string; name: string };
  scopes: string[];
  /** Whether nobody logged in before. */
  first_login: boolean;
}

export interface BrowserSession {
  id: number;
  current: boolean;
  created_at: string;
  last_seen_at: string;
  ip_address: string | null;
  user_agent: string | null;
}

export interface SessionPaths {
  '/api/v1/session': {
    get: Operation<Session>;
    post: Operation<Session, object, { email: string; password: string }>;
    delete: Operation<undefined>;
  };
  '/api/v1/account': { patch: Operation<Session['user'], object, { name: string }> };
  '/api/v1/account/password': {
    put: Operation<undefined, object, { current_password: string; new_password: string }>;
  };
  '/api/v1/account/sessions': { get: Operation<BrowserSession[]>; delete: Operation<undefined> };
  '/api/v1/account/sessions/{id}': { delete: Operation<undefined, { path: { id: number } }> };
  '/api/v1/invitations/by-token/{token}': {
    get: Operation<{ email: string; role: Role }, { path: { token: string } }>;
  };
  '/api/v1/invitations/accept': {
    post: Operation<Session, object, { token: string; name: string; password: string }>;
  };
  '/api/v1/password-resets/accept': {
    post: Operation<undefined, object, { token: string; password: string }>;
  };
}
