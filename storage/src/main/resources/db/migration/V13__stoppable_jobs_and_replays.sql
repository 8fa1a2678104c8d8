-- Jobs keep their place between steps, and people stop them: states queued | running | paused | cancelling | cancelled | succeeded
-- | failed.
ALTER TABLE jobs
    -- What the handler notes behind a step for the next one.
    ADD COLUMN state_json jsonb,
    -- Who paused or cancelled it.
    ADD COLUMN stopped_by text;
DROP INDEX jobs_open;
CREATE INDEX jobs_open ON jobs (available_at, id) WHERE state IN ('queued', 'running', 'cancelling');

-- What a replay needs of a receipt to make of a stored envelope what was made of its record. Null for envelopes of earlier versions.
ALTER TABLE envelopes
    -- The id that the sender was answered, whatever the envelope says.
    ADD COLUMN answered_event_id uuid,
    -- The categories that were over their limit when it arrived, joined by commas; empty for none.
    ADD COLUMN limited           text;

-- The issues whose events a replay changed, and when those happened by their own time: their roll-ups are to be made again.
CREATE TABLE replay_touched (
    job_id     bigint      NOT NULL,
    issue_id   bigint      NOT NULL,
    project_id bigint      NOT NULL,
    first_at   timestamptz NOT NULL,
    last_at    timestamptz NOT NULL,
    rebuilt    boolean     NOT NULL DEFAULT false,
    PRIMARY KEY (job_id, issue_id)
);
CREATE INDEX replay_touched_project ON replay_touched (project_id);
