import type { Id, Operation } from './shape';

export interface Limit {
  /** What is counted, all together; none means everything. */
  categories: string[];
  limit: number;
  window_seconds: number;
  reason_code: string;
}

export interface ProjectKey {
  id: number;
  label: string;
  public_key: string;
  active: boolean;
  limits: Limit[];
  created_at: string;
  dsn: string;
}

export interface Project {
  id: number;
  slug: string;
  name: string;
  platform: string | null;
  status: 'active' | 'disabled' | 'deleting';
  created_at: string;
  updated_at: string;
  allowed_origins: string[];
  limits: Limit[];
  keys: ProjectKey[];
}

export interface ProjectChange {
  name?: string;
  slug?: string;
  platform?: string;
  status?: 'active' | 'disabled';
  allowed_origins?: string[];
  limits?: Partial<Limit>[];
}

export interface JobReference {
  id: number;
  href: string;
}

export interface StatsBucket {
  at: string;
  events: number;
  levels: Record<string, number>;
}

export interface ProjectStats {
  from: string;
  to: string;
  resolution: 'minute' | 'hour';
  events: number;
  buckets: StatsBucket[];
}

interface Key {
  path: { id: number; keyId: number };
}

export interface ProjectPaths {
  '/api/v1/projects': {
    get: Operation<Project[]>;
    post: Operation<Project, object, { name: string; slug?: string; platform?: string }>;
  };
  '/api/v1/projects/{id}': {
    get: Operation<Project, Id>;
    patch: Operation<Project, Id, ProjectChange>;
    delete: Operation<{ id: number; status: string; message: string; job: JobReference }, Id>;
  };
  '/api/v1/projects/{id}/stats': {
    get: Operation<
      ProjectStats,
      Id & {
        query: { from?: string; to?: string; resolution?: 'minute' | 'hour'; environment?: string };
      }
    >;
  };
  '/api/v1/projects/{id}/keys': {
    post: Operation<Project, Id, { label: string; limits?: Partial<Limit>[] }>;
  };
  '/api/v1/projects/{id}/keys/{keyId}': {
    patch: Operation<Project, Key, { label?: string; active?: boolean; limits?: Partial<Limit>[] }>;
    delete: Operation<Project, Key>;
  };
  '/api/v1/projects/{id}/person-deletions': {
    post: Operation<{ message: string; job: JobReference }, Id, { identifier: string }>;
  };
}
