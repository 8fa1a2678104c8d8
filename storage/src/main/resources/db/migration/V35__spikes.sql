-- Times in which a project or an issue had far more events than usual.

CREATE TABLE spikes (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    project_id    bigint      NOT NULL REFERENCES projects ON DELETE CASCADE,
    -- 0: of the whole project, whose events are counted by minute; those of an issue by hour.
    issue_id      bigint      NOT NULL,
    -- The first minute that had too many.
    started_at    timestamptz NOT NULL,
    noted_at      timestamptz NOT NULL,
    -- The last minute that had too many.
    last_at       timestamptz NOT NULL,
    -- When it had been quiet for long enough.
    ended_at      timestamptz,
    peak          bigint      NOT NULL,
    -- What is usual, and what had to be exceeded.
    usual         bigint      NOT NULL,
    threshold     bigint      NOT NULL,
    -- Nothing was usual yet.
    short_history boolean     NOT NULL,
    -- Of a project: whose events, and those of which release, grew most over what is usual of them. Both counted in whole hours.
    cause_issue          bigint,
    cause_issue_events   bigint,
    cause_issue_usual    bigint,
    cause_release        text,
    cause_release_events bigint,
    cause_release_usual  bigint
);
CREATE UNIQUE INDEX spikes_open ON spikes (project_id, issue_id) WHERE ended_at IS NULL;
CREATE INDEX spikes_project ON spikes (project_id, started_at DESC, id DESC);
CREATE INDEX spikes_started ON spikes (started_at DESC, id DESC);
CREATE INDEX spikes_noted ON spikes (noted_at);
CREATE INDEX spikes_issue ON spikes (issue_id, started_at DESC) WHERE issue_id <> 0;

ALTER TABLE projects
    -- Whether a spike of the project sets a limit.
    ADD COLUMN spike_protection boolean NOT NULL DEFAULT false,
    -- Events a minute; null but while a spike of a protected project is open.
    ADD COLUMN spike_limit      bigint;
