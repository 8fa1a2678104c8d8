-- The token by which an import reads the other server, sealed; it goes as soon as its job has ended.
CREATE TABLE import_tokens (
    job_id bigint PRIMARY KEY REFERENCES jobs (id) ON DELETE CASCADE,
    sealed bytea  NOT NULL
);

-- Which issues of another server were brought over, so that a second import leaves alone what people did since.
CREATE TABLE imported_issues (
    -- The other server and its organization, as https://host/slug.
    source      text   NOT NULL,
    foreign_id  text   NOT NULL,
    project_id  bigint NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    -- The ids of the comments that were brought over.
    comments    text[] NOT NULL DEFAULT '{}',
    PRIMARY KEY (source, foreign_id)
);
CREATE INDEX imported_issues_by_project ON imported_issues (project_id);
