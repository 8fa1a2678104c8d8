-- Issues that were merged into others: their addresses lead there.
CREATE TABLE merged_issues (
    issue_id   bigint PRIMARY KEY,
    project_id bigint NOT NULL,
    into_issue bigint NOT NULL
);
CREATE INDEX merged_issues_project ON merged_issues (project_id);
CREATE INDEX merged_issues_into ON merged_issues (into_issue);

-- Events that a job still has to move from one issue to another: all of them, or those of a hash.
CREATE TABLE issue_moves (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    job_id      bigint NOT NULL REFERENCES jobs ON DELETE CASCADE,
    project_id  bigint NOT NULL,
    from_issue  bigint NOT NULL,
    into_issue  bigint NOT NULL,
    strategy    text,
    hash        bytea,
    -- The last event that was looked at; they are looked at from the newest on.
    received_at timestamptz NOT NULL DEFAULT 'infinity',
    event_id    uuid        NOT NULL DEFAULT 'ffffffff-ffff-ffff-ffff-ffffffffffff'
);
CREATE INDEX issue_moves_job ON issue_moves (job_id, id);
CREATE INDEX issue_moves_project ON issue_moves (project_id);
