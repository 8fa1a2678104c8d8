-- Stored events put under other rules of grouping: a job makes a preview, which changes nothing; another one applies it, and undoes it.
CREATE TABLE regroups (
    id                       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    project_id               bigint      NOT NULL,
    -- Events that arrived from then on, and before.
    from_at                  timestamptz NOT NULL,
    until_at                 timestamptz NOT NULL,
    strategy                 text        NOT NULL,
    fingerprint_rules        text        NOT NULL,
    stacktrace_rules         text        NOT NULL,
    -- The project's rules that the preview is held against, and that an undoing brings back.
    former_fingerprint_rules text        NOT NULL,
    former_stacktrace_rules  text        NOT NULL,
    -- previewing | previewed | applying | applied | undoing | undone | failed | cancelled
    state                    text        NOT NULL,
    -- What its job does, and how far it is: events are gone through from the newest on, issues by their ids.
    phase                    text        NOT NULL,
    cursor_at                timestamptz NOT NULL DEFAULT 'infinity',
    cursor_event             uuid        NOT NULL DEFAULT 'ffffffff-ffff-ffff-ffff-ffffffffffff',
    cursor_issue             bigint      NOT NULL DEFAULT 0,
    -- In events; the total is an estimate.
    done                     bigint      NOT NULL DEFAULT 0,
    total                    bigint      NOT NULL,
    -- How many rows regroup_groups has of it.
    group_count              integer     NOT NULL DEFAULT 0,
    events                   bigint      NOT NULL DEFAULT 0,
    -- Null until the preview is done.
    issues_before            bigint,
    issues_after             bigint,
    merged                   bigint,
    split                    bigint,
    failure                  text,
    job_id                   bigint,
    created_at               timestamptz NOT NULL,
    -- The e-mail address of who asked for the preview; outlives the user.
    created_by               text        NOT NULL,
    -- From when on its rules were the project's, and since when they are no longer.
    applied_at               timestamptz,
    undone_at                timestamptz
);
CREATE INDEX regroups_project ON regroups (project_id, id DESC);
CREATE INDEX regroups_created ON regroups (created_at);
-- One at a time.
CREATE UNIQUE INDEX regroups_under_way ON regroups (project_id) WHERE state IN ('previewing', 'applying', 'undoing');

-- How many events of an issue would have another hash.
CREATE TABLE regroup_groups (
    regroup_id         bigint      NOT NULL REFERENCES regroups ON DELETE CASCADE,
    issue_id           bigint      NOT NULL,
    strategy           text        NOT NULL,
    hash               bytea       NOT NULL,
    new_hash           bytea       NOT NULL,
    -- The other hash of the latest event, if it has one.
    secondary_hash     bytea,
    events             bigint      NOT NULL,
    latest_received_at timestamptz NOT NULL,
    latest_event_id    uuid        NOT NULL,
    -- As the latest event is called by the new rules.
    title              text        NOT NULL,
    culprit            text,
    PRIMARY KEY (regroup_id, issue_id, strategy, hash, new_hash)
);

-- What becomes of issues, as people are shown it.
CREATE TABLE regroup_changes (
    regroup_id  bigint NOT NULL REFERENCES regroups ON DELETE CASCADE,
    -- merge | split
    kind        text   NOT NULL,
    -- Those of the most events first.
    rank        bigint NOT NULL,
    -- Null for an issue that does not exist yet.
    issue_id    bigint,
    title       text   NOT NULL,
    events      bigint NOT NULL,
    -- Those of the most events.
    parts       jsonb  NOT NULL,
    parts_total bigint NOT NULL,
    PRIMARY KEY (regroup_id, kind, rank)
);

-- How events were that a regroup changed.
CREATE TABLE regrouped_events (
    regroup_id  bigint      NOT NULL REFERENCES regroups ON DELETE CASCADE,
    received_at timestamptz NOT NULL,
    event_id    uuid        NOT NULL,
    issue_id    bigint      NOT NULL,
    strategy    text        NOT NULL,
    hash        bytea       NOT NULL,
    title       text        NOT NULL,
    PRIMARY KEY (regroup_id, received_at, event_id)
);
CREATE INDEX regrouped_events_issue ON regrouped_events (regroup_id, issue_id);

-- Whose hashes were that a regroup gave away; null: nobody's.
CREATE TABLE regrouped_hashes (
    regroup_id bigint NOT NULL REFERENCES regroups ON DELETE CASCADE,
    strategy   text   NOT NULL,
    hash       bytea  NOT NULL,
    issue_id   bigint,
    PRIMARY KEY (regroup_id, strategy, hash)
);

-- How issues were that a regroup merged into others, or gave another name.
CREATE TABLE regrouped_issues (
    regroup_id  bigint   NOT NULL REFERENCES regroups ON DELETE CASCADE,
    issue_id    bigint   NOT NULL,
    -- Null for one that was only renamed.
    into_issue  bigint,
    -- Whether its remaining events are where it went.
    moved       boolean  NOT NULL DEFAULT false,
    issue       jsonb    NOT NULL,
    -- Ids of its issue_activities.
    activities  bigint[] NOT NULL DEFAULT '{}',
    -- Issues that had been merged into it.
    merged_from bigint[] NOT NULL DEFAULT '{}',
    -- Rows that counted it, by their table, if they counted events that have expired.
    rollups     jsonb,
    PRIMARY KEY (regroup_id, issue_id)
);
