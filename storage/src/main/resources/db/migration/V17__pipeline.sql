-- What the pipeline page shows: who works, how fast, and what became of single envelopes.

-- Processes with a database; gateways have none and are known by what they tell each other.
CREATE TABLE processes (
    id           uuid PRIMARY KEY,
    -- processor | api
    kind         text        NOT NULL,
    host         text        NOT NULL,
    version      text,
    started_at   timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    -- ok | degraded | unavailable
    state        text        NOT NULL,
    -- Of a state that is not ok.
    cause        text
);

-- How far the topic and its processing were at the end of each minute in which somebody looked; kept for two days.
CREATE TABLE topic_minutes (
    topic_id    uuid        NOT NULL,
    partition   integer     NOT NULL,
    at          timestamptz NOT NULL,
    end_offset  bigint      NOT NULL,
    -- All records in front of it had a fate.
    next_offset bigint      NOT NULL,
    PRIMARY KEY (topic_id, partition, at)
) WITH (fillfactor = 70);
CREATE INDEX topic_minutes_at ON topic_minutes (at);

-- Most is stored, and found without an index of its own.
CREATE INDEX envelopes_unstored ON envelopes (outcome, coalesce(drop_reason, ''), received_at DESC, id DESC)
    WHERE outcome <> 'stored';
CREATE INDEX envelopes_unstored_project
    ON envelopes (project_id, outcome, coalesce(drop_reason, ''), received_at DESC, id DESC)
    WHERE outcome <> 'stored';
CREATE INDEX envelope_items_unstored
    ON envelope_items (outcome, coalesce(drop_reason, ''), received_at DESC, envelope_id DESC)
    WHERE outcome <> 'stored';
CREATE INDEX envelope_items_unstored_project
    ON envelope_items (project_id, outcome, coalesce(drop_reason, ''), received_at DESC, envelope_id DESC)
    WHERE outcome <> 'stored';

CREATE INDEX jobs_kind ON jobs (kind, id);
