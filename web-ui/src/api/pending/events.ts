import type { Operation, Page, PageQuery } from './shape';

export interface EventSummary {
  id: string;
  issue_id: number;
  project_id: number;
  envelope_id: string;
  received_at: string;
  timestamp: string;
  level: string;
  title: string;
  culprit: string | null;
  message: string | null;
  platform: string | null;
  release: string | null;
  environment: string | null;
  tags: Record<string, string>;
}

export interface Attachment {
  id: number;
  filename: string;
  content_type: string | null;
  size: number;
  url: string;
}

/** What SDKs send keeps its shape, which may be anything: it is read with the functions of ui/untrusted. */
export interface Event extends EventSummary {
  transaction: string | null;
  server_name: string | null;
  dist: string | null;
  logger: string | null;
  logentry: unknown;
  exception: unknown;
  threads: unknown;
  stacktrace: unknown;
  breadcrumbs: unknown;
  contexts: unknown;
  user: unknown;
  request: unknown;
  extra: unknown;
  sdk: unknown;
  modules: unknown;
  debug_meta: unknown;
  errors: unknown;
  fingerprint: unknown;
  attachments: Attachment[];
}

export interface EventFilter {
  project?: string[];
  environment?: string;
  level?: string;
  query?: string;
  start?: string;
  end?: string;
}

export interface EventPaths {
  '/api/v1/events': { get: Operation<Page<EventSummary>, { query: EventFilter & PageQuery }> };
  '/api/v1/events/{id}': { get: Operation<Event, { path: { id: string } }> };
  '/api/v1/issues/{id}/events': {
    get: Operation<Page<EventSummary>, { path: { id: number }; query: PageQuery }>;
  };
}
