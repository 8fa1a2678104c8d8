-- How long things are kept, and what people have removed.

ALTER TABLE partitioned_tables
    -- Whose days of retention count: events | transactions | envelopes | attachments
    ADD COLUMN kind text NOT NULL DEFAULT 'events';
UPDATE partitioned_tables
SET kind = CASE
               WHEN name IN ('envelopes', 'envelope_items') THEN 'envelopes'
               WHEN name IN ('transactions', 'spans') THEN 'transactions'
               WHEN name = 'attachments' THEN 'attachments'
               ELSE 'events' END;

-- What is removed by age without partitions.
CREATE INDEX event_identities_received ON event_identities (received_at);
CREATE INDEX dead_letters_at ON dead_letters (at);

-- Persons whose data was removed, so that what a replay or a redelivery brings again of it is left out.
CREATE TABLE deleted_persons (
    project_id      bigint      NOT NULL,
    -- HMAC-SHA256 of project and identifier; the identifier itself stands nowhere.
    identifier_hash bytea       NOT NULL,
    -- What arrived before is unwanted.
    deleted_at      timestamptz NOT NULL,
    PRIMARY KEY (project_id, identifier_hash)
);
CREATE INDEX deleted_persons_at ON deleted_persons (deleted_at);

-- What a job has removed so far.
CREATE TABLE deleted_rows (
    job_id             bigint NOT NULL REFERENCES jobs ON DELETE CASCADE,
    table_name         text   NOT NULL,
    removed            bigint NOT NULL,
    -- Of removed envelopes.
    newest_received_at timestamptz,
    PRIMARY KEY (job_id, table_name)
);

-- What a job still has to count again, because it removed events: of an issue, or of a project on a UTC day.
CREATE TABLE pending_recounts (
    job_id     bigint NOT NULL REFERENCES jobs ON DELETE CASCADE,
    project_id bigint NOT NULL,
    issue_id   bigint,
    day        date,
    UNIQUE NULLS NOT DISTINCT (job_id, issue_id, day),
    CHECK ((issue_id IS NULL) <> (day IS NULL))
);
CREATE INDEX pending_recounts_project ON pending_recounts (project_id);
