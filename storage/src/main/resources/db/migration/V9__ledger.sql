-- Where every record of topic envelopes went, and what became of every item.

ALTER TABLE envelopes
    -- Where its record stood; null for envelopes of earlier versions.
    ADD COLUMN topic_id      uuid,
    ADD COLUMN partition     integer,
    ADD COLUMN record_offset bigint,
    ADD COLUMN gateway       text,
    ADD COLUMN processed_at  timestamptz;

-- In the unit of the category: bytes of an attachment, entries of a container. Null for items of earlier versions, which count 1.
ALTER TABLE envelope_items ADD COLUMN quantity bigint;

ALTER TABLE dead_letters
    ADD COLUMN topic_id uuid,
    ADD COLUMN event_id uuid;
CREATE INDEX dead_letters_envelope ON dead_letters (envelope_id);
CREATE INDEX dead_letters_event ON dead_letters (event_id) WHERE event_id IS NOT NULL;

-- A topic that is made anew counts its offsets from 0 again and has another id.
CREATE TABLE topic_partitions (
    topic_id     uuid        NOT NULL,
    partition    integer     NOT NULL,
    topic        text        NOT NULL,
    -- Records in front of it were processed before there was a ledger.
    first_offset bigint      NOT NULL,
    -- All records in front of it have a fate.
    next_offset  bigint      NOT NULL,
    seen_at      timestamptz NOT NULL,
    PRIMARY KEY (topic_id, partition)
);

-- The fate of each record, as runs of offsets that share one: stored | duplicate | dropped | dead | lost.
CREATE TABLE topic_fates (
    topic_id     uuid    NOT NULL,
    partition    integer NOT NULL,
    first_offset bigint  NOT NULL,
    -- The first offset behind the run.
    end_offset   bigint  NOT NULL,
    fate         text    NOT NULL,
    PRIMARY KEY (topic_id, partition, first_offset),
    CHECK (first_offset < end_offset)
);

-- Where a partition ended at a time, as the broker said; a row for each minute in which it grew; true before the time it names.
CREATE TABLE topic_ends (
    topic_id   uuid        NOT NULL,
    partition  integer     NOT NULL,
    at         timestamptz NOT NULL,
    end_offset bigint      NOT NULL,
    PRIMARY KEY (topic_id, partition, at)
);
CREATE INDEX topic_ends_at ON topic_ends (at);

-- Envelopes by the hour of their arrival, and the items that were found in them.
CREATE TABLE envelope_totals (
    project_id bigint      NOT NULL,
    hour       timestamptz NOT NULL,
    fate       text        NOT NULL,
    reason     text        NOT NULL,
    envelopes  bigint      NOT NULL,
    items      bigint      NOT NULL,
    PRIMARY KEY (project_id, hour, fate, reason)
);
CREATE INDEX envelope_totals_hour ON envelope_totals (hour);

-- Outcomes by hour: of items that were processed by the hour of their arrival, of what never arrived by the hour of its refusal.
CREATE TABLE outcome_totals (
    project_id bigint      NOT NULL,
    hour       timestamptz NOT NULL,
    category   text        NOT NULL,
    outcome    text        NOT NULL,
    -- Empty if the outcome needs none.
    reason     text        NOT NULL,
    -- Who said so: processor | gateway | client
    source     text        NOT NULL,
    -- Only the processor's: the others count quantities.
    items      bigint      NOT NULL,
    quantity   bigint      NOT NULL,
    PRIMARY KEY (project_id, hour, category, outcome, reason, source)
);
CREATE INDEX outcome_totals_hour ON outcome_totals (hour);

-- Records of topic outcomes that are counted: each may stand there more than once.
CREATE TABLE outcome_records (
    source   uuid        NOT NULL,
    sequence bigint      NOT NULL,
    at       timestamptz NOT NULL,
    PRIMARY KEY (source, sequence)
);
CREATE INDEX outcome_records_at ON outcome_records (at);

-- Projects that were, so that what still comes for them is known to be unwanted.
CREATE TABLE deleted_projects (
    id         bigint PRIMARY KEY,
    deleted_at timestamptz NOT NULL
);
