-- What projects do not want to be stored.

ALTER TABLE project_processing
    -- What is missing is not filtered.
    ADD COLUMN filters jsonb NOT NULL DEFAULT '{}';
