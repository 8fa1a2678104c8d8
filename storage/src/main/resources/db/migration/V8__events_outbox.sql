-- What became true and is not yet on topic events. Written in the transaction that made it true; removed once Kafka has it.
CREATE TABLE events_outbox (
    id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key   text NOT NULL,
    value text NOT NULL
);
-- Every row lives for a moment: without this, its pages would grow to many times what is alive in them.
ALTER TABLE events_outbox SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000);
