-- Dashboards that people put together, and what similar issues are found by.

CREATE TABLE dashboards (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name        text        NOT NULL,
    description text,
    -- Null once there is no such user any more, or if a program made it.
    owner_id    bigint REFERENCES users ON DELETE SET NULL,
    -- Whether everybody sees it; else its owner only.
    is_shared   boolean     NOT NULL,
    -- What it shows, in order, with the places in a grid of 12 columns.
    widgets     json        NOT NULL,
    revision    bigint      NOT NULL DEFAULT 1,
    created_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL,
    updated_by  text        NOT NULL
);
CREATE INDEX dashboards_owner ON dashboards (owner_id, updated_at DESC, id DESC);
CREATE INDEX dashboards_shared ON dashboards (updated_at DESC, id DESC) WHERE is_shared;

CREATE INDEX issues_error_type ON issues (project_id, error_type, last_seen DESC) WHERE error_type IS NOT NULL;
CREATE INDEX issues_culprit ON issues (project_id, culprit, last_seen DESC) WHERE culprit IS NOT NULL;
-- Of what is no exception, by how its message begins.
CREATE INDEX issues_first_word ON issues (project_id, (left(lower(split_part(title, ' ', 1)), 60)), last_seen DESC)
    WHERE error_type IS NULL;
