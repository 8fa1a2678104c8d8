-- Records of topic envelopes of which nothing could be made, with the reason. Written in the transaction of their batch. Not
-- partitioned: they are few, and one that comes again must meet its own row whenever that is.
CREATE TABLE dead_letters (
    id                   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at                   timestamptz NOT NULL,
    reason               text        NOT NULL,
    cause                text        NOT NULL,
    -- As the record's headers say; null if they do not.
    project_id           bigint,
    envelope_id          uuid,
    -- With envelope_id the key of the row in envelopes that holds the body; null if there is none.
    envelope_received_at timestamptz,
    -- A list of {name, value}, the value in base64, in the order of the record.
    headers              jsonb       NOT NULL,
    -- The record's value, unless the row in envelopes holds it.
    body                 bytea,
    source_topic         text        NOT NULL,
    source_partition     integer     NOT NULL,
    source_offset        bigint      NOT NULL,
    CHECK (envelope_received_at IS NULL OR body IS NULL),
    -- The envelope's id is a part of it because a topic that is made anew counts its offsets from 0 again.
    UNIQUE NULLS NOT DISTINCT (source_topic, source_partition, source_offset, envelope_id)
);
CREATE INDEX dead_letters_project ON dead_letters (project_id, at DESC, id DESC);
CREATE INDEX dead_letters_reason ON dead_letters (reason, at DESC, id DESC);

-- How far the topic of dead letters that earlier versions wrote is taken over into the table.
CREATE TABLE dead_letter_topic_positions (
    topic       text    NOT NULL,
    partition   integer NOT NULL,
    next_offset bigint  NOT NULL,
    PRIMARY KEY (topic, partition)
);

-- The tables that are partitioned by day of arrival. A migration that makes another one inserts its name.
CREATE TABLE partitioned_tables (
    name text PRIMARY KEY
);
INSERT INTO partitioned_tables VALUES ('envelopes'), ('envelope_items'), ('events');

-- As in V1, for the tables of that list.
CREATE OR REPLACE FUNCTION ensure_day_partitions(day date) RETURNS void
    LANGUAGE plpgsql AS
$$
DECLARE
    parent text;
    child  text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('resentry.ensure_day_partitions'));
    FOR parent IN SELECT name FROM partitioned_tables ORDER BY name
        LOOP
            child := parent || '_' || to_char(day, 'YYYYMMDD');
            IF to_regclass(format('%I', child)) IS NULL THEN
                EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', child, parent);
                EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
                               parent, child,
                               to_char(day, 'YYYY-MM-DD') || ' 00:00:00+00',
                               to_char(day + 1, 'YYYY-MM-DD') || ' 00:00:00+00');
            END IF;
        END LOOP;
END
$$;
