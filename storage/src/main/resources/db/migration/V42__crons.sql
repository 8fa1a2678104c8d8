-- Jobs that run by a schedule and check in, and what is made of their silence.

CREATE TABLE monitors (
    id                  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    project_id          bigint      NOT NULL REFERENCES projects ON DELETE CASCADE,
    slug                text        NOT NULL,
    name                text        NOT NULL,
    -- active | muted | disabled
    status              text        NOT NULL CHECK (status IN ('active', 'muted', 'disabled')),
    -- crontab | interval; null if nobody has said yet when it runs
    schedule_type       text CHECK (schedule_type IN ('crontab', 'interval')),
    schedule            text,
    time_zone           text        NOT NULL,
    -- How late a check-in may be, and how long a run may take.
    margin_minutes      integer     NOT NULL CHECK (margin_minutes BETWEEN 0 AND 40320),
    max_runtime_minutes integer     NOT NULL CHECK (max_runtime_minutes BETWEEN 1 AND 40320),
    -- So many in a row open an incident, and close it.
    failure_threshold   integer     NOT NULL CHECK (failure_threshold BETWEEN 1 AND 50),
    recovery_threshold  integer     NOT NULL CHECK (recovery_threshold BETWEEN 1 AND 50),
    owner               text,
    created_at          timestamptz NOT NULL,
    -- What was due before is not missed: it is when the schedule was last changed or taken up again.
    scheduled_since     timestamptz NOT NULL,
    UNIQUE (project_id, slug),
    CHECK ((schedule_type IS NULL) = (schedule IS NULL))
);

CREATE TABLE monitor_environments (
    id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    monitor_id        bigint      NOT NULL REFERENCES monitors ON DELETE CASCADE,
    environment       text        NOT NULL,
    created_at        timestamptz NOT NULL,
    -- That of its newest check-in; waiting before the first.
    status            text        NOT NULL DEFAULT 'waiting',
    last_at           timestamptz,
    next_at           timestamptz,
    -- When the next one counts as missed.
    late_at           timestamptz,
    -- Failures in a row by now, of the newest check-ins.
    failures          integer     NOT NULL DEFAULT 0,
    -- The incident whose issue is not resolved yet: its event, whether that is on topic envelopes, what it says, and whether it is over.
    incident_event_id uuid,
    incident_since    timestamptz,
    incident_told     boolean     NOT NULL DEFAULT false,
    incident_details  json,
    incident_over_at  timestamptz,
    -- Of the latest incident, over or not: leads to the issue.
    last_event_id     uuid,
    UNIQUE (monitor_id, environment)
);
CREATE INDEX monitor_environments_late ON monitor_environments (late_at) WHERE late_at IS NOT NULL;
CREATE INDEX monitor_environments_incidents ON monitor_environments (id) WHERE incident_event_id IS NOT NULL;

CREATE TABLE check_ins (
    environment_id bigint      NOT NULL REFERENCES monitor_environments ON DELETE CASCADE,
    -- As its sender names it; of those without a name made of the item, of missed ones of the time.
    id             uuid        NOT NULL,
    -- When it was first heard of; of a missed one, when it counted so.
    at             timestamptz NOT NULL,
    -- in_progress | ok | error | missed | timeout | unknown
    status         text        NOT NULL,
    -- When it was due, if it was.
    expected_at    timestamptz,
    ended_at       timestamptz,
    duration_ms    bigint,
    -- When a run that is in progress counts as timed out.
    timeout_at     timestamptz NOT NULL,
    release        text,
    trace_id       uuid,
    -- The item that ended it without naming it.
    ended_by       uuid,
    -- What was wrong with what came with it.
    problem        text,
    PRIMARY KEY (environment_id, id)
);
CREATE INDEX check_ins_latest ON check_ins (environment_id, at DESC, id DESC);
CREATE INDEX check_ins_in_progress ON check_ins (environment_id, at DESC) WHERE status = 'in_progress';
CREATE INDEX check_ins_timeout ON check_ins (timeout_at) WHERE status = 'in_progress';
CREATE INDEX check_ins_ended_by ON check_ins (ended_by) WHERE ended_by IS NOT NULL;
CREATE INDEX check_ins_at ON check_ins (at);
