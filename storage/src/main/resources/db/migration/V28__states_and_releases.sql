-- Issues that are resolved in a commit that no release has yet, and what looks for a release that does.
CREATE INDEX issues_in_commit ON issues (id) WHERE state_details -> 'in_commit' IS NOT NULL;
CREATE INDEX release_commits_commit ON release_commits (commit_id);
CREATE INDEX release_refs_commit ON release_refs (commit_id);

-- How many events nearly all hours of a project's issues had at most, of the week before computed_at.
CREATE TABLE project_usual_rates (
    project_id  bigint PRIMARY KEY REFERENCES projects ON DELETE CASCADE,
    events      bigint      NOT NULL,
    computed_at timestamptz NOT NULL
);
-- New issues that nothing has become of yet may escalate.
CREATE INDEX issues_new ON issues (last_seen) WHERE substatus = 'new' AND status_at IS NULL;
