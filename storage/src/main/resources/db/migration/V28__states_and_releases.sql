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

-- Events that name a release by its hours: a roll-up of events, as project_hours is. An event without an environment counts on ''.
CREATE TABLE release_hours (
    project_id  bigint      NOT NULL,
    release     text        NOT NULL,
    hour        timestamptz NOT NULL,
    environment text        NOT NULL,
    events      bigint      NOT NULL,
    PRIMARY KEY (project_id, release, hour, environment)
) WITH (fillfactor = 70);
CREATE INDEX release_hours_hour ON release_hours (project_id, hour);

INSERT INTO release_hours (project_id, release, hour, environment, events)
SELECT project_id, release, date_trunc('hour', occurred_at, 'UTC'), coalesce(environment, ''), count(*)
FROM events
WHERE release IS NOT NULL
GROUP BY 1, 2, 3, 4;
