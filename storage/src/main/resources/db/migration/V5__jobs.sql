-- Work that outlasts a request. Any process may take a job up; it holds it by a lease that it has to renew.
CREATE TABLE jobs (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind           text        NOT NULL,
    parameters     jsonb       NOT NULL,
    -- queued | running | succeeded | failed
    state          text        NOT NULL,
    progress_done  bigint      NOT NULL DEFAULT 0,
    -- Null if nobody knows how much there is to do.
    progress_total bigint,
    lease_owner    text,
    -- From when on anyone may take it: for a running job the end of its lease.
    available_at   timestamptz NOT NULL,
    -- Steps that failed since the last one that did not, and what the last of them said.
    failed_steps   integer     NOT NULL DEFAULT 0,
    failure        text,
    result         jsonb,
    created_by     text        NOT NULL,
    created_at     timestamptz NOT NULL,
    started_at     timestamptz,
    finished_at    timestamptz
);
-- Lists go by id.
CREATE INDEX jobs_open ON jobs (available_at, id) WHERE state IN ('queued', 'running');
