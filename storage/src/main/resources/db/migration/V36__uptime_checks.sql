-- Requests that are made every so often to see whether something is there.

CREATE TABLE uptime_checks (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    project_id       bigint      NOT NULL REFERENCES projects ON DELETE CASCADE,
    name             text        NOT NULL,
    url              text        NOT NULL,
    method           text        NOT NULL CHECK (method IN ('GET', 'HEAD')),
    interval_minutes integer     NOT NULL CHECK (interval_minutes BETWEEN 1 AND 60),
    timeout_seconds  integer     NOT NULL CHECK (timeout_seconds BETWEEN 1 AND 30),
    -- As people write it: 200-299,301
    expected_status  text        NOT NULL,
    expected_text    text,
    environment      text,
    -- So many checks in a row must fail until it counts as down.
    failures_needed  integer     NOT NULL CHECK (failures_needed BETWEEN 1 AND 10),
    enabled          boolean     NOT NULL,
    created_at       timestamptz NOT NULL,
    next_at          timestamptz NOT NULL,
    -- Who checks it now, and until when nobody else does.
    lease_owner      text,
    leased_until     timestamptz,
    -- unknown | up | down
    state            text        NOT NULL DEFAULT 'unknown',
    since            timestamptz NOT NULL,
    -- Failures in a row by now, and when the first of them was.
    failures         integer     NOT NULL DEFAULT 0,
    failing_since    timestamptz,
    last_at          timestamptz,
    last_ok          boolean,
    last_status      integer,
    last_duration_ms integer,
    last_error       text,
    last_location    text,
    -- The outage whose issue is not resolved yet: its event, whether that is on topic envelopes, and what it says.
    outage_event_id  uuid,
    outage_told      boolean     NOT NULL DEFAULT false,
    outage_details   json
);
CREATE INDEX uptime_checks_project ON uptime_checks (project_id, id);
CREATE INDEX uptime_checks_due ON uptime_checks (next_at) WHERE enabled;
CREATE INDEX uptime_checks_outages ON uptime_checks (id) WHERE outage_event_id IS NOT NULL;

-- Each check for a week.
CREATE TABLE uptime_results (
    check_id    bigint      NOT NULL REFERENCES uptime_checks ON DELETE CASCADE,
    at          timestamptz NOT NULL,
    ok          boolean     NOT NULL,
    -- Null if nothing answered.
    status      integer,
    duration_ms integer     NOT NULL,
    error       text,
    -- The process that made the request.
    location    text        NOT NULL,
    PRIMARY KEY (check_id, at)
);

-- Checks by UTC hour, for 90 days.
CREATE TABLE uptime_hours (
    check_id    bigint      NOT NULL REFERENCES uptime_checks ON DELETE CASCADE,
    hour        timestamptz NOT NULL,
    ok          integer     NOT NULL,
    failed      integer     NOT NULL,
    -- Of those that went well.
    duration_ms bigint      NOT NULL,
    PRIMARY KEY (check_id, hour)
);
