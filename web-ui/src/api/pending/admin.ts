import type { Role } from './session';
import type { Id, Operation, Page, PageQuery } from './shape';

export interface User {
  id: number;
  email: string;
  name: string;
  role: Role;
  active: boolean;
  last_seen_at: string | null;
  teams: string[];
}

export interface Invitation {
  id: number;
  email: string;
  role: Role;
  teams: string[];
  expires_at: string;
  /** Only in the answer that made it. */
  url?: string;
}

export interface Team {
  id: number;
  slug: string;
  name: string;
  members: { id: number; email: string; name: string }[];
  projects: { id: number; slug: string; name: string }[];
}

export interface ApiToken {
  id: number;
  name: string;
  scopes: string[];
  prefix: string;
  user_id: number;
  user_email: string;
  created_at: string;
  last_used_at: string | null;
  expires_at: string | null;
  /** Only in the answer that made it. */
  token?: string;
}

export interface AuditEntry {
  id: number;
  at: string;
  actor: { id: number; email: string } | null;
  via: string;
  ip_address: string | null;
  action: string;
  object_type: string;
  object_id: string | null;
  object_name: string | null;
  before: unknown;
  after: unknown;
}

export interface Organization {
  slug: string;
  name: string;
  members_see_all_projects: boolean;
}

export interface AdminPaths {
  '/api/v1/users': { get: Operation<User[]> };
  '/api/v1/users/{id}': {
    patch: Operation<User, Id, { role?: Role; active?: boolean; name?: string }>;
    delete: Operation<undefined, Id>;
  };
  '/api/v1/users/{id}/password-reset': { post: Operation<{ url: string; expires_at: string }, Id> };
  '/api/v1/invitations': {
    get: Operation<Invitation[]>;
    post: Operation<Invitation, object, { email: string; role: Role; teams: string[] }>;
  };
  '/api/v1/invitations/{id}': { delete: Operation<undefined, Id> };
  '/api/v1/teams': {
    get: Operation<Team[]>;
    post: Operation<Team, object, { slug: string; name: string }>;
  };
  '/api/v1/teams/{id}': {
    patch: Operation<Team, Id, { slug?: string; name?: string }>;
    delete: Operation<undefined, Id>;
  };
  '/api/v1/teams/{id}/members/{user_id}': {
    put: Operation<Team, { path: { id: number; user_id: number } }>;
    delete: Operation<Team, { path: { id: number; user_id: number } }>;
  };
  '/api/v1/teams/{id}/projects/{project_id}': {
    put: Operation<Team, { path: { id: number; project_id: number } }>;
    delete: Operation<Team, { path: { id: number; project_id: number } }>;
  };
  '/api/v1/tokens': {
    get: Operation<ApiToken[], { query: { all?: boolean } }>;
    post: Operation<ApiToken, object, { name: string; scopes: string[]; expires_at?: string }>;
  };
  '/api/v1/tokens/{id}': { delete: Operation<undefined, Id> };
  '/api/v1/audit-log': {
    get: Operation<Page<AuditEntry>, { query: PageQuery & { action?: string; user_id?: number } }>;
  };
  '/api/v1/organization': {
    get: Operation<Organization>;
    patch: Operation<Organization, object, Partial<Organization>>;
  };
}
