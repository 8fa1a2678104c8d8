-- What people say about a program, by its own form or by the dialog after an error.

CREATE TABLE feedback (
    received_at timestamptz NOT NULL,
    project_id  bigint      NOT NULL,
    -- Of a report that has no id of its own: made of what it says, so that what is sent again is the same.
    feedback_id uuid        NOT NULL,
    envelope_id uuid        NOT NULL,
    occurred_at timestamptz NOT NULL,
    -- widget | api | user_report | crash_dialog, or what else an SDK says
    source      text        NOT NULL,
    message     text        NOT NULL,
    name        text,
    email       text,
    url         text,
    -- The event that it is about, which may come later or never.
    event_id    uuid,
    replay_id   uuid,
    trace_id    uuid,
    platform    text,
    release     text,
    environment text,
    sdk_name    text,
    sdk_version text,
    tags        jsonb       NOT NULL,
    PRIMARY KEY (received_at, project_id, feedback_id)
) PARTITION BY RANGE (received_at);
CREATE INDEX feedback_project ON feedback (project_id, received_at DESC, feedback_id DESC);
CREATE INDEX feedback_received ON feedback (received_at DESC, feedback_id DESC);
CREATE INDEX feedback_event ON feedback (event_id) WHERE event_id IS NOT NULL;

-- What people made of it, which no replay touches. Feedback without a row is unresolved and nobody's.
CREATE TABLE feedback_states (
    project_id  bigint      NOT NULL,
    feedback_id uuid        NOT NULL,
    -- unresolved | resolved | ignored | spam
    status      text        NOT NULL,
    assignee_id bigint REFERENCES users ON DELETE SET NULL,
    changed_at  timestamptz NOT NULL,
    changed_by  text        NOT NULL,
    PRIMARY KEY (project_id, feedback_id)
);
CREATE INDEX feedback_states_changed ON feedback_states (changed_at);
CREATE INDEX feedback_states_assignee ON feedback_states (assignee_id) WHERE assignee_id IS NOT NULL;

INSERT INTO partitioned_tables (name, kind) VALUES ('feedback', 'events');

-- Days whose partitions are there already: a process that made them does not ask again.
SELECT ensure_day_partitions(to_date(right(inhrelid::regclass::text, 8), 'YYYYMMDD'))
FROM pg_inherits
WHERE inhparent = 'envelopes'::regclass;
