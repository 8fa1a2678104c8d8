-- What items of further types become, beside the row that each item has.

CREATE TABLE transactions (
    received_at    timestamptz      NOT NULL,
    project_id     bigint           NOT NULL,
    event_id       uuid             NOT NULL,
    envelope_id    uuid             NOT NULL,
    name           text             NOT NULL,
    op             text,
    status         text,
    trace_id       uuid             NOT NULL,
    -- Of the span that the transaction itself is, in hex.
    span_id        text             NOT NULL,
    parent_span_id text,
    -- By its own clock.
    started_at     timestamptz      NOT NULL,
    ended_at       timestamptz      NOT NULL,
    duration_ms    double precision NOT NULL,
    platform       text,
    release        text,
    environment    text,
    http_method    text,
    http_status    integer,
    sdk_name       text,
    sdk_version    text,
    -- How many spans it was sent with; spans has the first of them.
    span_count     integer          NOT NULL,
    tags           jsonb            NOT NULL,
    measurements   jsonb            NOT NULL,
    -- Without its spans.
    payload        jsonb            NOT NULL,
    PRIMARY KEY (received_at, project_id, event_id)
) PARTITION BY RANGE (received_at);
CREATE INDEX transactions_project ON transactions (project_id, received_at DESC, event_id DESC);
CREATE INDEX transactions_trace ON transactions (trace_id);

-- Those of transactions, and those that came without one.
CREATE TABLE spans (
    received_at    timestamptz      NOT NULL,
    envelope_id    uuid             NOT NULL,
    -- Of its item in the envelope, and its own in the item.
    position       integer          NOT NULL,
    index          integer          NOT NULL,
    project_id     bigint           NOT NULL,
    trace_id       uuid             NOT NULL,
    span_id        text             NOT NULL,
    parent_span_id text,
    -- The event id of the transaction that it came with.
    transaction_id uuid,
    -- Whether it is the first of its service in the trace.
    segment        boolean          NOT NULL,
    op             text,
    description    text,
    status         text,
    origin         text,
    started_at     timestamptz      NOT NULL,
    duration_ms    double precision NOT NULL,
    -- Its attributes, each with its value.
    data           jsonb            NOT NULL,
    -- What else was said of it, such as links.
    other          jsonb,
    PRIMARY KEY (received_at, envelope_id, position, index)
) PARTITION BY RANGE (received_at);
CREATE INDEX spans_trace ON spans (trace_id);
CREATE INDEX spans_project ON spans (project_id);

-- Files beside events, and those of crashes; their bytes are blobs.
CREATE TABLE attachments (
    received_at     timestamptz NOT NULL,
    envelope_id     uuid        NOT NULL,
    -- Of its item in the envelope.
    position        integer     NOT NULL,
    project_id      bigint      NOT NULL,
    -- The event that it belongs to.
    event_id        uuid,
    name            text        NOT NULL,
    content_type    text        NOT NULL,
    -- event.attachment | event.minidump | event.view_hierarchy | ..., as SDKs call it
    attachment_type text        NOT NULL,
    size            bigint      NOT NULL,
    blob            bytea       NOT NULL,
    PRIMARY KEY (received_at, envelope_id, position)
) PARTITION BY RANGE (received_at);
CREATE INDEX attachments_event ON attachments (event_id) WHERE event_id IS NOT NULL;
CREATE INDEX attachments_project ON attachments (project_id);
-- Whether a blob is still referred to.
CREATE INDEX attachments_blob ON attachments (blob);

-- Bytes by the SHA-256 of what they are: equal ones are kept once. A row is there before the rows that refer to it.
CREATE TABLE blobs (
    hash       bytea PRIMARY KEY,
    size       bigint      NOT NULL,
    -- When it was last wanted; one that was just wanted is not removed, though nothing may refer to it yet.
    touched_at timestamptz NOT NULL,
    -- Whether its bytes are there: before they are in a bucket, and once they are to be removed, they are not.
    complete   boolean     NOT NULL,
    -- Null if they are in a bucket.
    content    bytea,
    CHECK (length(content) = size)
);

INSERT INTO partitioned_tables VALUES ('transactions'), ('spans'), ('attachments');

-- Days whose partitions are there already: a process that made them does not ask again.
SELECT ensure_day_partitions(to_date(right(inhrelid::regclass::text, 8), 'YYYYMMDD'))
FROM pg_inherits
WHERE inhparent = 'envelopes'::regclass;
