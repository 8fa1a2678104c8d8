-- Sessions of releases, counted by minute and hour. An update of a session that never has an error leaves no row of its own.

ALTER TABLE envelope_items
    -- Whether the sessions of the item are counted. Null for other items, and for what came before sessions were counted.
    ADD COLUMN sessions_counted boolean,
    -- The hash of the session whose start was counted with the item: another update that says the same is not counted as one.
    ADD COLUMN started_session bigint;
CREATE INDEX envelope_items_started_session ON envelope_items (project_id, started_session) WHERE started_session IS NOT NULL;

-- By when sessions began. What has no environment counts on ''.
CREATE TABLE session_hours (
    project_id  bigint      NOT NULL,
    release     text        NOT NULL,
    environment text        NOT NULL,
    hour        timestamptz NOT NULL,
    -- Whose start is known.
    sessions    bigint      NOT NULL,
    -- With errors or a bad end: the three below are among them.
    errored     bigint      NOT NULL,
    unhandled   bigint      NOT NULL,
    abnormal    bigint      NOT NULL,
    crashed     bigint      NOT NULL,
    -- Sessions that said how long they took, and the sum of it.
    durations   bigint      NOT NULL,
    duration_ms bigint      NOT NULL,
    PRIMARY KEY (project_id, release, environment, hour)
) WITH (fillfactor = 70);
CREATE INDEX session_hours_hour ON session_hours (project_id, hour);

-- The same, for two days.
CREATE TABLE session_minutes (
    project_id  bigint      NOT NULL,
    release     text        NOT NULL,
    environment text        NOT NULL,
    minute      timestamptz NOT NULL,
    sessions    bigint      NOT NULL,
    errored     bigint      NOT NULL,
    unhandled   bigint      NOT NULL,
    abnormal    bigint      NOT NULL,
    crashed     bigint      NOT NULL,
    durations   bigint      NOT NULL,
    duration_ms bigint      NOT NULL,
    PRIMARY KEY (project_id, release, environment, minute)
) WITH (fillfactor = 70);
CREATE INDEX session_minutes_minute ON session_minutes (project_id, minute);

-- Sessions that count as errored, with the worst that is known of each, while updates of them may come.
CREATE TABLE errored_sessions (
    project_id  bigint      NOT NULL,
    session     bigint      NOT NULL,
    -- Where it is counted, whatever later updates say.
    release     text        NOT NULL,
    environment text        NOT NULL,
    started_at  timestamptz NOT NULL,
    -- errored | unhandled | abnormal | crashed
    health      text        NOT NULL,
    noted_at    timestamptz NOT NULL,
    PRIMARY KEY (project_id, session)
);
CREATE INDEX errored_sessions_noted ON errored_sessions (noted_at);

-- Users of sessions: all of them, and those of sessions with a bad end.
CREATE TABLE session_users (
    project_id  bigint      NOT NULL,
    release     text        NOT NULL,
    environment text        NOT NULL,
    hour        timestamptz NOT NULL,
    -- all | errored | abnormal | crashed
    kind        text        NOT NULL,
    users       bytea       NOT NULL,
    PRIMARY KEY (project_id, release, environment, hour, kind)
);
CREATE INDEX session_users_hour ON session_users (project_id, hour);
