-- What people do with issues, and what lists of issues show and are sorted by.

ALTER TABLE issues
    -- Of the events that made it; the title begins with it.
    ADD COLUMN error_type    text,
    -- Whether an exception of it left a program.
    ADD COLUMN is_unhandled  boolean NOT NULL DEFAULT false,
    ADD COLUMN assignee_id   bigint REFERENCES users ON DELETE SET NULL,
    ADD COLUMN comment_count integer NOT NULL DEFAULT 0;

UPDATE issues i
SET error_type = seen.error_type, is_unhandled = seen.is_unhandled
FROM (SELECT issue_id, max(error_type) AS error_type, coalesce(bool_or(NOT handled), false) AS is_unhandled
      FROM events
      GROUP BY issue_id) AS seen
WHERE i.id = seen.issue_id;

CREATE INDEX issues_status ON issues (status, last_seen DESC, id DESC);
CREATE INDEX issues_first_seen ON issues (first_seen DESC, id DESC);
CREATE INDEX issues_events ON issues (event_count DESC, id DESC);
CREATE INDEX issues_users ON issues (users_affected DESC, id DESC);
CREATE INDEX issues_assignee ON issues (assignee_id, last_seen DESC, id DESC) WHERE assignee_id IS NOT NULL;

-- Counts of a project in some time, by issue.
DROP INDEX issue_hours_project;
CREATE INDEX issue_hours_project ON issue_hours (project_id, hour);

-- Who did what with an issue, and when; comments too.
CREATE TABLE issue_activities (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    issue_id   bigint      NOT NULL,
    project_id bigint      NOT NULL,
    at         timestamptz NOT NULL,
    -- Outlives the user, as the name does.
    actor_id   bigint      NOT NULL,
    actor_name text        NOT NULL,
    -- status | assignee | comment
    kind       text        NOT NULL,
    data       jsonb       NOT NULL
);
CREATE INDEX issue_activities_issue ON issue_activities (issue_id, id DESC);
CREATE INDEX issue_activities_project ON issue_activities (project_id);

-- Issues that are gone, whose events a job still has to remove.
CREATE TABLE deleted_issues (
    issue_id   bigint PRIMARY KEY,
    project_id bigint NOT NULL,
    job_id     bigint NOT NULL
);
CREATE INDEX deleted_issues_project ON deleted_issues (project_id);
CREATE INDEX deleted_issues_job ON deleted_issues (job_id, issue_id);

-- Whether the event was removed with its issue: it stays known, so that neither a retry nor a replay brings it back.
ALTER TABLE event_identities ADD COLUMN deleted boolean NOT NULL DEFAULT false;
