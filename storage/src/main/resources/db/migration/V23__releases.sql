-- Releases of projects, what was deployed where and when, and in which releases issues happened.

CREATE TABLE releases (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    project_id    bigint           NOT NULL REFERENCES projects ON DELETE CASCADE,
    version       text             NOT NULL,
    -- What orders versions, as ReleaseOrder writes it; empty for one that is not semantic.
    sort_key      text COLLATE "C" NOT NULL,
    date_released timestamptz,
    created_at    timestamptz      NOT NULL,
    -- When events and transactions of it happened, by their own clocks; the last one is noted once a minute. Null without any.
    first_seen    timestamptz,
    last_seen     timestamptz,
    -- Orders releases where their versions do not.
    date          timestamptz      NOT NULL GENERATED ALWAYS AS (coalesce(date_released, least(created_at, first_seen))) STORED,
    ref           text,
    url           text,
    archived      boolean          NOT NULL DEFAULT false,
    -- The e-mail address of who made it; outlives the user. Null for one that came by an event.
    created_by    text,
    UNIQUE (project_id, version)
);
CREATE INDEX releases_semver ON releases (project_id, sort_key, date, version COLLATE "C");
CREATE INDEX releases_project_date ON releases (project_id, date, version COLLATE "C");
CREATE INDEX releases_date ON releases (date, id);
CREATE INDEX releases_version ON releases (sort_key, date, id);
CREATE INDEX releases_last_seen ON releases (coalesce(last_seen, timestamptz 'epoch'), id);

-- The commits of releases, in the order in which they were given.
CREATE TABLE release_commits (
    release_id   bigint  NOT NULL REFERENCES releases ON DELETE CASCADE,
    commit_id    text    NOT NULL,
    position     integer NOT NULL,
    repository   text,
    message      text,
    author_name  text,
    author_email text,
    committed_at timestamptz,
    -- The paths that it changed.
    files        text[]  NOT NULL,
    PRIMARY KEY (release_id, commit_id)
);
CREATE INDEX release_commits_position ON release_commits (release_id, position);

-- Up to which commit of a repository a release goes.
CREATE TABLE release_refs (
    release_id      bigint NOT NULL REFERENCES releases ON DELETE CASCADE,
    repository      text   NOT NULL,
    commit_id       text   NOT NULL,
    previous_commit text,
    PRIMARY KEY (release_id, repository)
);

CREATE TABLE deployments (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    project_id  bigint      NOT NULL,
    release_id  bigint      NOT NULL REFERENCES releases ON DELETE CASCADE,
    environment text        NOT NULL,
    name        text,
    url         text,
    started_at  timestamptz,
    -- When it was finished.
    deployed_at timestamptz NOT NULL,
    -- As of releases.
    created_by  text        NOT NULL
);
CREATE INDEX deployments_release ON deployments (release_id, environment, deployed_at);
CREATE INDEX deployments_project ON deployments (project_id, deployed_at);
CREATE INDEX deployments_time ON deployments (deployed_at);

-- What happened of issues in releases: a roll-up of the events that name one, as issue_hours is of all. An event without an
-- environment counts on ''.
CREATE TABLE issue_releases (
    issue_id       bigint      NOT NULL,
    release        text        NOT NULL,
    environment    text        NOT NULL,
    project_id     bigint      NOT NULL,
    events         bigint      NOT NULL,
    -- Of events, those whose rows retention has dropped.
    expired_events bigint      NOT NULL DEFAULT 0,
    first_seen     timestamptz NOT NULL,
    last_seen      timestamptz NOT NULL,
    users          bytea,
    PRIMARY KEY (issue_id, release, environment)
) WITH (fillfactor = 70);
CREATE INDEX issue_releases_release ON issue_releases (project_id, release, environment);

-- The issues that are new in a release.
CREATE INDEX issues_first_release ON issues (project_id, first_release) WHERE first_release IS NOT NULL;
-- And those that came back in it.
CREATE INDEX issue_activities_regression ON issue_activities (project_id, (data ->> 'release')) WHERE kind = 'regression';

-- What is there already. The users of issues in releases are unknown until their issue is counted again; the migration behind this
-- one orders the versions. What has expired of an issue is counted in no release.

INSERT INTO issue_releases (issue_id, release, environment, project_id, events, first_seen, last_seen)
SELECT issue_id, release, coalesce(environment, ''), project_id, count(*), min(occurred_at), max(occurred_at)
FROM events
WHERE release IS NOT NULL
GROUP BY 1, 2, 3, 4;

INSERT INTO releases (project_id, version, sort_key, created_at, first_seen, last_seen)
SELECT seen.project_id, seen.release, '', now(), min(seen.first_seen), max(seen.last_seen)
FROM (SELECT project_id, release, first_seen, last_seen FROM issue_releases
      UNION ALL
      SELECT project_id, release, min(started_at), max(started_at) FROM transactions WHERE release IS NOT NULL GROUP BY 1, 2) AS seen
JOIN projects p ON p.id = seen.project_id
GROUP BY 1, 2
ORDER BY 1, 2;
