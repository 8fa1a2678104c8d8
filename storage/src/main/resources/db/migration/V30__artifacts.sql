-- What makes minified code readable: files of releases, such as source maps. Their bytes are blobs.

-- Files that came together, one row for each project that they are for.
CREATE TABLE artifact_bundles (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    project_id  bigint      NOT NULL REFERENCES projects ON DELETE CASCADE,
    -- As its manifest says; of one that does not, made of its bytes.
    bundle_id   uuid        NOT NULL,
    -- Of the file that was uploaded.
    sha1        bytea       NOT NULL,
    release     text,
    dist        text,
    files       integer     NOT NULL,
    size        bigint      NOT NULL,
    uploaded_at timestamptz NOT NULL,
    -- The e-mail address of who uploaded it, or the name of the token; outlives both.
    created_by  text        NOT NULL,
    UNIQUE NULLS NOT DISTINCT (project_id, sha1, release, dist)
);
CREATE INDEX artifact_bundles_bundle ON artifact_bundles (project_id, bundle_id);

CREATE TABLE artifact_files (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    project_id     bigint      NOT NULL REFERENCES projects ON DELETE CASCADE,
    -- Null for a file that came alone.
    bundle_id      bigint REFERENCES artifact_bundles ON DELETE CASCADE,
    -- minified_source | source_map | source | function_map | indexed_ram_bundle
    kind           text        NOT NULL,
    name           text        NOT NULL,
    -- Where it is on the web, with ~ for any host.
    url            text,
    release        text,
    dist           text,
    debug_id       uuid,
    -- Of minified code: where its map is, as a header said.
    source_map_ref text,
    blob           bytea       NOT NULL,
    sha1           bytea       NOT NULL,
    size           bigint      NOT NULL,
    created_at     timestamptz NOT NULL,
    created_by     text        NOT NULL
);
CREATE INDEX artifact_files_debug_id ON artifact_files (debug_id, project_id, kind) WHERE debug_id IS NOT NULL;
CREATE INDEX artifact_files_url ON artifact_files (project_id, release, url) WHERE url IS NOT NULL;
-- Lists.
CREATE INDEX artifact_files_release ON artifact_files (project_id, release, id);
CREATE INDEX artifact_files_project ON artifact_files (project_id, id);
CREATE INDEX artifact_files_bundle ON artifact_files (bundle_id) WHERE bundle_id IS NOT NULL;
-- Whether a blob is still referred to.
CREATE INDEX artifact_files_blob ON artifact_files (blob);

-- Parts of files that are being uploaded, kept for a day.
CREATE TABLE upload_chunks (
    sha1        bytea PRIMARY KEY,
    blob        bytea       NOT NULL,
    size        bigint      NOT NULL,
    uploaded_at timestamptz NOT NULL
);
CREATE INDEX upload_chunks_uploaded ON upload_chunks (uploaded_at);
CREATE INDEX upload_chunks_blob ON upload_chunks (blob);

-- Bundles that are being made of chunks. One that is made has no row here any more.
CREATE TABLE artifact_assemblies (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sha1        bytea       NOT NULL,
    -- In ascending order.
    project_ids bigint[]    NOT NULL,
    release     text,
    dist        text,
    chunks      bytea[]     NOT NULL,
    -- created | assembling | failed
    state       text        NOT NULL,
    -- Why it failed.
    detail      text,
    created_by  text        NOT NULL,
    created_at  timestamptz NOT NULL,
    UNIQUE NULLS NOT DISTINCT (sha1, project_ids, release, dist)
);
CREATE INDEX artifact_assemblies_created ON artifact_assemblies (created_at);

-- Tokens of the organization for builds, which outlive whoever made them. Of each secret only the SHA-256 is kept.
CREATE TABLE organization_tokens (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    token_hash      bytea       NOT NULL UNIQUE,
    -- By which people recognise it.
    last_characters text        NOT NULL,
    name            text        NOT NULL,
    -- The e-mail address of who made it.
    created_by      text        NOT NULL,
    created_at      timestamptz NOT NULL,
    last_used_at    timestamptz
);

-- Programs are told when the organization was made; of one from before, when this was noted.
ALTER TABLE organization ADD COLUMN created_at timestamptz NOT NULL DEFAULT now();
