/** The names that pages know the API's types by: the one place to change when they come from elsewhere. */
export type { ApiToken, AuditEntry, Invitation, Organization, Team, User } from './pending/admin';
export type { Attachment, Event, EventFilter, EventSummary } from './pending/events';
export type {
  Activity,
  EventOfIssue,
  Issue,
  IssueChange,
  IssueDetail,
  IssueFilter,
  IssueSort,
  IssueStats,
  IssueStatus,
  IssueTag,
  Person,
  Selection,
} from './pending/issues';
export type {
  Balance,
  DeadLetter,
  DeadLetterAttempt,
  DeadLetterCause,
  Job,
  LedgerBalance,
  LedgerEntry,
  LedgerEnvelope,
  LedgerRow,
  OutcomeTotal,
  Pipeline,
  Readiness,
  Replay,
  Storage,
} from './pending/pipeline';
export type {
  Limit,
  Project,
  ProjectChange,
  ProjectKey,
  ProjectStats,
  StatsBucket,
} from './pending/projects';
export type { BrowserSession, Role, Session } from './pending/session';
export type { Page } from './pending/shape';
