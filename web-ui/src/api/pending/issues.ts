import type { Event } from './events';
import type { Id, Operation, Page, PageQuery } from './shape';

export type IssueStatus = 'unresolved' | 'resolved' | 'ignored';
export type IssueSort = 'last_seen' | 'first_seen' | 'events' | 'users';

export interface Person {
  id: number;
  name: string;
  email: string;
}

export interface Issue {
  id: number;
  project: { id: number; slug: string; name: string; platform: string | null };
  title: string;
  type: string | null;
  value: string | null;
  culprit: string | null;
  level: string;
  status: IssueStatus;
  is_unhandled: boolean;
  is_new: boolean;
  first_seen: string;
  last_seen: string;
  /** In the window that was asked for. */
  events: number;
  users: number;
  events_total: number;
  users_total: number;
  /** Events of the last 24 hours, hour by hour, the oldest first. */
  trend: number[];
  comments: number;
  assignee: Person | null;
}

export interface IssueDetail extends Issue {
  environments: string[];
  first_event_id: string | null;
  last_event_id: string | null;
  first_release?: string | null;
  last_release?: string | null;
  status_changed_at: string | null;
  status_changed_by: { id: number; name: string } | null;
}

export interface IssueFilter {
  project?: string[];
  status?: IssueStatus;
  is_new?: boolean;
  level?: string;
  environment?: string;
  query?: string;
  /** A user's id, "me" or "none". */
  assignee?: string;
  start?: string;
  end?: string;
}

export interface IssueChange {
  status?: IssueStatus;
  /** A user's id; null for nobody. */
  assigned_to?: number | null;
}

export type Selection = { ids: number[] } | { filter: IssueFilter };

export interface Activity {
  id: number;
  at: string;
  actor: { id: number; name: string };
  /** What data holds: of status and assignee "from" and "to", of comment "text" and perhaps "edited_at". */
  kind: string;
  data: unknown;
}

export interface IssueStats {
  from: string;
  to: string;
  events: number;
  users: number;
  hours: { hour: string; events: number; users: number }[];
}

export interface IssueTag {
  key: string;
  events: number;
  values: { value: string; events: number; last_seen: string }[];
}

export type EventOfIssue = Event & { previous_event_id: string | null; next_event_id: string | null };

export interface IssuePaths {
  '/api/v1/issues': {
    get: Operation<Page<Issue>, { query: IssueFilter & PageQuery & { sort?: IssueSort } }>;
    put: Operation<{ changed: number }, object, Selection & IssueChange>;
  };
  '/api/v1/issues/delete': { post: Operation<{ deleted: number }, object, Selection> };
  '/api/v1/issues/{id}': {
    get: Operation<IssueDetail, Id>;
    put: Operation<IssueDetail, Id, IssueChange>;
  };
  '/api/v1/issues/{id}/comments': {
    get: Operation<Page<Activity>, Id & { query: PageQuery }>;
    post: Operation<Activity, Id, { text: string }>;
  };
  '/api/v1/issues/{id}/comments/{comment}': {
    patch: Operation<Activity, { path: { id: number; comment: number } }, { text: string }>;
    delete: Operation<undefined, { path: { id: number; comment: number } }>;
  };
  '/api/v1/issues/{id}/activity': { get: Operation<Page<Activity>, Id & { query: PageQuery }> };
  '/api/v1/issues/{id}/events/{event_id}': {
    get: Operation<EventOfIssue, { path: { id: number; event_id: string } }>;
  };
  '/api/v1/issues/{id}/stats': {
    get: Operation<IssueStats, Id & { query: { from?: string; to?: string; environment?: string } }>;
  };
  '/api/v1/issues/{id}/tags': { get: Operation<{ tags: IssueTag[] }, Id & { query: { values?: number } }> };
}
