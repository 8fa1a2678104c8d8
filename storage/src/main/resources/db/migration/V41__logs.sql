-- What applications log, each entry of a container a row.
CREATE TABLE logs (
    received_at     timestamptz NOT NULL,
    envelope_id     uuid        NOT NULL,
    -- Of its item in the envelope, and its own in the item.
    position        integer     NOT NULL,
    index           integer     NOT NULL,
    project_id      bigint      NOT NULL,
    -- By its own clock.
    occurred_at     timestamptz NOT NULL,
    -- The order that its sender gives to logs of one moment.
    sequence        bigint      NOT NULL,
    trace_id        uuid,
    span_id         text,
    -- trace | debug | info | warn | error | fatal
    level           text        NOT NULL,
    -- Of OpenTelemetry, 1 to 24.
    severity_number integer     NOT NULL,
    body            text        NOT NULL,
    environment     text,
    release         text,
    sdk_name        text,
    server_address  text,
    -- Each with its value.
    attributes      jsonb       NOT NULL,
    -- The transaction that stored it: who watches logs is told what was committed since the last look, in whatever order that was.
    stored_by       xid8        NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (received_at, envelope_id, position, index)
) PARTITION BY RANGE (received_at);
CREATE INDEX logs_project ON logs (project_id, occurred_at DESC);
CREATE INDEX logs_occurred ON logs (occurred_at DESC);
-- As they arrived, for whatever groups and samples them.
CREATE INDEX logs_project_received ON logs (project_id, received_at DESC, envelope_id DESC, position DESC, index DESC);
CREATE INDEX logs_trace ON logs (trace_id) WHERE trace_id IS NOT NULL;
CREATE INDEX logs_stored_by ON logs (stored_by);

INSERT INTO partitioned_tables (name, kind) VALUES ('logs', 'logs');

-- Days whose partitions are there already: a process that made them does not ask again.
SELECT ensure_day_partitions(to_date(right(inhrelid::regclass::text, 8), 'YYYYMMDD'))
FROM pg_inherits
WHERE inhparent = 'envelopes'::regclass;
