-- What projects want done to their events before they are stored.

-- How a project has its events scrubbed and grouped; none for one that never said anything.
CREATE TABLE project_processing (
    project_id        bigint PRIMARY KEY REFERENCES projects ON DELETE CASCADE,
    -- Settings of scrubbing; what is missing is as for projects without a row.
    scrub             jsonb       NOT NULL DEFAULT '{}',
    fingerprint_rules text,
    stacktrace_rules  text,
    -- Grows with each change.
    rules_rev         bigint      NOT NULL DEFAULT 1,
    updated_at        timestamptz NOT NULL,
    -- The e-mail address of who changed it; outlives the user.
    updated_by        text        NOT NULL
);
-- Processors look for what was changed since they last did.
CREATE INDEX project_processing_updated ON project_processing (updated_at);
