-- Source maps that come late make stored events readable, by a regroup of its own.

ALTER TABLE events
    -- Whether frames stayed minified for want of a source map; null for an event from before that was noted.
    ADD COLUMN needs_source_maps boolean;
CREATE INDEX events_needing_source_maps ON events (project_id, (coalesce(release, '')), issue_id)
    WHERE payload_kept AND (needs_source_maps OR (needs_source_maps IS NULL AND platform IN ('javascript', 'node')));

-- In events of which release a source map was missing, by its debug id; without one, its release has to be known.
CREATE TABLE missing_source_maps (
    project_id bigint      NOT NULL,
    debug_id   uuid        NOT NULL,
    -- Empty for events without one.
    release    text        NOT NULL,
    last_seen  timestamptz NOT NULL,
    PRIMARY KEY (project_id, debug_id, release)
);
CREATE INDEX missing_source_maps_seen ON missing_source_maps (last_seen);

-- Uploads that nobody has held against stored events yet.
CREATE TABLE artifact_uploads (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    project_id  bigint      NOT NULL,
    release     text,
    debug_ids   uuid[]      NOT NULL,
    created_by  text        NOT NULL,
    uploaded_at timestamptz NOT NULL
);
CREATE INDEX artifact_uploads_project ON artifact_uploads (project_id, id);

ALTER TABLE regroups
    -- rules | source_maps
    ADD COLUMN cause           text   NOT NULL DEFAULT 'rules',
    -- Whose events source maps fit; empty for events without a release.
    ADD COLUMN releases        text[] NOT NULL DEFAULT '{}',
    -- How many events source maps changed.
    ADD COLUMN readable_events bigint NOT NULL DEFAULT 0;

ALTER TABLE regrouped_events
    ADD COLUMN culprit           text,
    ADD COLUMN needs_source_maps boolean,
    -- Whether source maps changed its payload.
    ADD COLUMN is_readable       boolean NOT NULL DEFAULT false;

-- Issues whose events a regroup by source maps goes through.
CREATE TABLE repaired_issues (
    regroup_id bigint  NOT NULL REFERENCES regroups ON DELETE CASCADE,
    issue_id   bigint  NOT NULL,
    is_read    boolean NOT NULL DEFAULT false,
    is_moved   boolean NOT NULL DEFAULT false,
    PRIMARY KEY (regroup_id, issue_id)
);
