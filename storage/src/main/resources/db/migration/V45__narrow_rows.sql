-- Less disk and less work for each event.

-- Payloads are stored as the text that they are: it takes less room than jsonb and no work to be made. What jsonb might refuse is stored as
-- jsonb as before, and so are the events of earlier versions. No row is written anew.
ALTER TABLE events RENAME COLUMN payload TO payload_jsonb;
ALTER TABLE events ALTER COLUMN payload_jsonb DROP NOT NULL;
ALTER TABLE events
    -- As the processor wrote it; null if the payload is in payload_jsonb, as jsonb might have refused it.
    ADD COLUMN payload_json text;

-- Both are read as events.payload: a column that is computed when it is read, which PostgreSQL has from 18 on. Before, the function does
-- the same for whoever names the table: e.payload is payload(e).
DO
$$
BEGIN
    IF current_setting('server_version_num')::integer >= 180000 THEN
        EXECUTE 'ALTER TABLE events ADD COLUMN payload jsonb GENERATED ALWAYS AS (coalesce(payload_json::jsonb, payload_jsonb)) VIRTUAL';
    ELSE
        CREATE FUNCTION payload(event events) RETURNS jsonb
            LANGUAGE sql IMMUTABLE PARALLEL SAFE
            RETURN coalesce((event).payload_json::jsonb, (event).payload_jsonb);
    END IF;
END
$$;

-- As in V4, for tables with computed columns.
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
                EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED)', child, parent);
                EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
                               parent, child,
                               to_char(day, 'YYYY-MM-DD') || ' 00:00:00+00',
                               to_char(day + 1, 'YYYY-MM-DD') || ' 00:00:00+00');
            END IF;
        END LOOP;
END
$$;

-- An envelope's id holds the millisecond of its arrival, so that its key finds it.
DROP INDEX envelopes_id;
-- The key of events begins with their arrival, too.
DROP INDEX events_received;
-- Identities are looked up project by project.
DROP INDEX event_identities_event;
-- What is stored of an event or a transaction is found by its identity: what else names an event are few items.
DROP INDEX envelope_items_event;
CREATE INDEX envelope_items_naming_event ON envelope_items (event_id)
    WHERE event_id IS NOT NULL AND (outcome <> 'stored' OR (type <> 'event' AND type <> 'transaction'));
