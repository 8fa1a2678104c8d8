-- Stored items are told in great numbers: many of them are one row, compressed, which is written, read and removed as one.
ALTER TABLE events_outbox
    -- Null in a row of many entries.
    ALTER COLUMN key DROP NOT NULL,
    ALTER COLUMN value DROP NOT NULL,
    -- Null in a row of one entry.
    ADD COLUMN packed  bytea,
    -- How many entries the row holds.
    ADD COLUMN entries integer NOT NULL DEFAULT 1,
    ADD CHECK (num_nonnulls(value, packed) = 1);
ALTER TABLE events_outbox ALTER COLUMN packed SET STORAGE EXTERNAL;
ALTER TABLE events_outbox SET (autovacuum_vacuum_threshold = 500, toast.autovacuum_vacuum_scale_factor = 0,
                               toast.autovacuum_vacuum_threshold = 5000);

-- Nothing but the deletion of a project asked for these rows by their project. It goes by the project's issues now.
DROP INDEX issue_tags_project;
DROP INDEX issue_tag_keys_project;
DROP INDEX issue_users_project;
