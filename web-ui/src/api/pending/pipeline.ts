import type { Id, Operation, Page, PageQuery } from './shape';

export interface Balance {
  accepted: number;
  stored: number;
  duplicate: number;
  dropped: number;
  dead: number;
  lost: number;
  in_flight: number;
  /** 0 if the books are right. */
  difference: number;
  since?: string | null;
  off_since?: string | null;
}

/** What cannot be known now is null and never 0. */
export interface Pipeline {
  accepted_per_second: number | null;
  stored_per_second: number | null;
  dropped_per_second: number | null;
  dead_per_second: number | null;
  backlog: number | null;
  oldest_unprocessed_seconds: number | null;
  drain_estimate_seconds: number | null;
  balance: Balance | null;
  series: {
    at: string;
    accepted: number | null;
    stored: number | null;
    dropped: number | null;
    dead: number | null;
  }[];
  projects: {
    id: number;
    slug: string;
    name: string;
    share: number;
    accepted: number;
    limited: number;
    limited_since: string | null;
  }[];
  partitions: { partition: number; lag: number | null; oldest_seconds: number | null }[];
  processes: {
    id: string;
    kind: string;
    host: string | null;
    version: string | null;
    started_at: string | null;
    last_seen_at: string;
    state: string;
    cause: string | null;
  }[];
  storage: {
    measured_at: string;
    bytes: number;
    bytes_in_30_days: number;
    bytes_at_full_retention: number;
  } | null;
}

export interface Storage {
  measured_at: string;
  bytes: number;
  bytes_in_30_days: number;
  bytes_at_full_retention: number;
  tables: {
    name: string;
    bytes: number;
    retention_days: number | null;
    bytes_per_day: number;
    bytes_in_30_days: number;
    bytes_at_full_retention: number;
  }[];
}

export interface OutcomeTotal {
  project_id: number;
  hour: string;
  category: string;
  outcome: string;
  reason: string | null;
  source: string;
  items: number;
  quantity: number;
}

export interface LedgerEnvelope {
  id: string;
  project_id: number;
  event_id: string | null;
  received_at: string;
  endpoint: string;
  gateway: string | null;
  topic: string | null;
  partition: number | null;
  offset: number | null;
  processed_at: string | null;
  fate: string;
  reason: string | null;
  cause: string | null;
  items: {
    position: number;
    type: string;
    event_id: string | null;
    outcome: string;
    reason: string | null;
    cause: string | null;
  }[];
}

export interface LedgerRow {
  id: string;
  received_at: string;
  processed_at: string | null;
  project_id: number;
  event_id: string | null;
  gateway: string | null;
  size: number;
  fate: string;
  reason: string | null;
  cause: string | null;
  items: number;
  types: string[];
  outcomes: { stored: number; duplicate: number; dropped: number; dead: number };
}

export interface LedgerEntry {
  id: string;
  known: boolean;
  envelopes: LedgerEnvelope[];
  dead_letters: {
    id: number;
    at: string;
    reason: string;
    cause: string;
    project_id: number | null;
    envelope_id: string | null;
    event_id: string | null;
    topic: string;
    partition: number;
    offset: number;
  }[];
  in_flight: number | null;
  refused: OutcomeTotal[];
}

export interface LedgerBalance {
  envelopes: Omit<Balance, 'since'> & { from: string | null; to: string };
  items: {
    from: string;
    to: string;
    found: number;
    stored: number;
    duplicate: number;
    dropped: number;
    dead: number;
    difference: number;
  };
  refused: OutcomeTotal[];
}

export interface DeadLetter {
  id: number;
  at: string;
  reason: string;
  stage: string;
  cause: string;
  exception: string | null;
  project_id: number | null;
  envelope_id: string | null;
  event_id: string | null;
  item_position: number | null;
  topic: string;
  partition: number;
  offset: number;
  state: 'open' | 'retrying' | 'resolved' | 'discarded';
  job: number | null;
  attempts: number;
  resolution: string | null;
  resolved_by: string | null;
  resolved_at: string | null;
}

export interface DeadLetterAttempt {
  number: number;
  at: string;
  by: string;
  job: number | null;
  result: string;
  reason: string | null;
  stage: string | null;
  cause: string | null;
  exception: string | null;
}

export interface DeadLetterCause {
  reason: string;
  stage: string;
  project_id: number | null;
  count: number;
  oldest: string;
  newest: string;
  example: number;
  example_cause: string;
}

interface OfCause {
  reason: string;
  stage: string;
  project?: number | null;
}

interface RetryStarted {
  letters: number;
  job: { id: number; href: string };
}

export interface Job {
  id: number;
  kind: string;
  parameters: Record<string, unknown>;
  state: 'queued' | 'running' | 'paused' | 'cancelling' | 'cancelled' | 'succeeded' | 'failed';
  stopped_by: string | null;
  progress: {
    done: number;
    total: number | null;
    remaining_seconds: number | null;
    per_second: number | null;
  };
  result: Record<string, unknown> | null;
  failure: string | null;
  created_by: string;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
}

export interface Replay {
  from: string;
  to: string;
  projects?: number[];
  types?: string[];
  dry_run?: boolean;
}

export interface Readiness {
  status: string;
  checks: Record<string, { status: 'ok' | 'degraded' | 'failed'; cause: string }>;
}

export interface PipelinePaths {
  '/health/ready': { get: Operation<Readiness> };
  '/api/v1/pipeline': { get: Operation<Pipeline> };
  '/api/v1/storage': { get: Operation<Storage> };
  '/api/v1/ledger/balance': { get: Operation<LedgerBalance, { query: { from?: string; to?: string } }> };
  '/api/v1/ledger': {
    get: Operation<
      Page<LedgerRow>,
      {
        query: PageQuery & {
          outcome?: string;
          reason?: string;
          project?: number;
          from?: string;
          to?: string;
        };
      }
    >;
  };
  '/api/v1/ledger/{id}': {
    get: Operation<LedgerEntry, { path: { id: string }; query: { project?: number; at?: string } }>;
  };
  '/api/v1/outcomes': {
    get: Operation<OutcomeTotal[], { query: { project?: number; from?: string; to?: string } }>;
  };
  '/api/v1/dead-letters': {
    get: Operation<
      Page<DeadLetter>,
      { query: PageQuery & { state?: string; reason?: string; stage?: string; project?: number } }
    >;
  };
  '/api/v1/dead-letters/causes': { get: Operation<DeadLetterCause[]> };
  '/api/v1/dead-letters/{id}': { get: Operation<DeadLetter & { history: DeadLetterAttempt[] }, Id> };
  '/api/v1/dead-letters/{id}/retry': { post: Operation<RetryStarted, Id> };
  '/api/v1/dead-letters/{id}/discard': { post: Operation<{ letters: number }, Id, { because: string }> };
  '/api/v1/dead-letters/retry': { post: Operation<RetryStarted, object, OfCause> };
  '/api/v1/dead-letters/discard': {
    post: Operation<{ letters: number }, object, OfCause & { because: string }>;
  };
  '/api/v1/jobs': { get: Operation<Page<Job>, { query: PageQuery & { kind?: string } }> };
  '/api/v1/jobs/{id}': { get: Operation<Job, Id> };
  '/api/v1/jobs/{id}/pause': { post: Operation<Job, Id> };
  '/api/v1/jobs/{id}/resume': { post: Operation<Job, Id> };
  '/api/v1/jobs/{id}/cancel': { post: Operation<Job, Id> };
  '/api/v1/replays': {
    get: Operation<Page<Job>, { query: PageQuery }>;
    post: Operation<Job, object, Replay>;
  };
  '/api/v1/replays/{id}': { get: Operation<Job, Id> };
}
