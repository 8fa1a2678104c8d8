-- What lists, counts and search need of an event as columns. Events from before have them once they are replayed.
ALTER TABLE events
    ADD COLUMN transaction text,
    -- 64 bits of a hash of project and user.
    ADD COLUMN user_hash   bigint,
    ADD COLUMN trace_id    uuid,
    -- false: an exception left the program.
    ADD COLUMN handled     boolean,
    ADD COLUMN sdk_name    text,
    ADD COLUMN sdk_version text,
    ADD COLUMN error_type  text;

-- For counting events again by their own time. They come nearly in its order, so a summary of blocks finds them.
CREATE INDEX events_occurred ON events USING brin (occurred_at) WITH (autosummarize = on);

ALTER TABLE issues
    -- Of event_count, those whose rows retention has dropped.
    ADD COLUMN expired_event_count bigint NOT NULL DEFAULT 0,
    -- How many users issue_users counts.
    ADD COLUMN users_affected      bigint NOT NULL DEFAULT 0,
    -- When the events happened that first_release and last_release are of.
    ADD COLUMN first_release_at    timestamptz,
    ADD COLUMN last_release_at     timestamptz;

-- Counts by the events' own time, in UTC, written in the transaction of the events. An event without an environment counts on ''.
-- Columns "users" hold a set of user hashes, as storage's DistinctUsers writes it; null is the empty set.

CREATE TABLE issue_hours (
    issue_id    bigint      NOT NULL,
    hour        timestamptz NOT NULL,
    environment text        NOT NULL,
    level       text        NOT NULL,
    project_id  bigint      NOT NULL,
    events      bigint      NOT NULL,
    users       bytea,
    PRIMARY KEY (issue_id, hour, environment, level)
) WITH (fillfactor = 70);
CREATE INDEX issue_hours_project ON issue_hours (project_id);

CREATE TABLE issue_users (
    issue_id   bigint PRIMARY KEY,
    project_id bigint NOT NULL,
    users      bytea  NOT NULL
);
CREATE INDEX issue_users_project ON issue_users (project_id);

CREATE TABLE issue_tags (
    issue_id   bigint      NOT NULL,
    key        text        NOT NULL,
    -- '' counts the events with values that have no row of their own: a key has 1,000 at most.
    value      text        NOT NULL,
    project_id bigint      NOT NULL,
    events     bigint      NOT NULL,
    last_seen  timestamptz NOT NULL,
    PRIMARY KEY (issue_id, key, value)
) WITH (fillfactor = 70);
CREATE INDEX issue_tags_project ON issue_tags (project_id);

-- The keys of issue_tags, 100 for an issue at most, and how many values of each have a row of their own.
CREATE TABLE issue_tag_keys (
    issue_id     bigint  NOT NULL,
    key          text    NOT NULL,
    project_id   bigint  NOT NULL,
    named_values integer NOT NULL,
    PRIMARY KEY (issue_id, key)
) WITH (fillfactor = 70);
CREATE INDEX issue_tag_keys_project ON issue_tag_keys (project_id);

-- Kept for 48 hours.
CREATE TABLE project_minutes (
    project_id  bigint      NOT NULL,
    minute      timestamptz NOT NULL,
    level       text        NOT NULL,
    environment text        NOT NULL,
    events      bigint      NOT NULL,
    PRIMARY KEY (project_id, minute, level, environment)
) WITH (fillfactor = 70);

CREATE TABLE project_hours (
    project_id  bigint      NOT NULL,
    hour        timestamptz NOT NULL,
    level       text        NOT NULL,
    environment text        NOT NULL,
    events      bigint      NOT NULL,
    PRIMARY KEY (project_id, hour, level, environment)
) WITH (fillfactor = 70);

-- The events that are there. Their users are unknown until a replay fills events.user_hash.

UPDATE issues i
SET first_release    = seen.releases[1],
    first_release_at = seen.first_at,
    last_release     = seen.releases[array_length(seen.releases, 1)],
    last_release_at  = seen.last_at
FROM (SELECT issue_id, min(occurred_at) AS first_at, max(occurred_at) AS last_at,
             array_agg(release ORDER BY occurred_at, release COLLATE "C") AS releases
      FROM events
      WHERE release IS NOT NULL
      GROUP BY issue_id) AS seen
WHERE i.id = seen.issue_id;

INSERT INTO issue_hours (issue_id, hour, environment, level, project_id, events)
SELECT issue_id, date_trunc('hour', occurred_at, 'UTC'), coalesce(environment, ''), level, project_id, count(*)
FROM events
GROUP BY 1, 2, 3, 4, 5;

INSERT INTO project_minutes (project_id, minute, level, environment, events)
SELECT project_id, date_trunc('minute', occurred_at, 'UTC'), level, coalesce(environment, ''), count(*)
FROM events
WHERE occurred_at >= date_trunc('minute', now() - interval '48 hours', 'UTC')
GROUP BY 1, 2, 3, 4;

INSERT INTO project_hours (project_id, hour, level, environment, events)
SELECT project_id, date_trunc('hour', occurred_at, 'UTC'), level, coalesce(environment, ''), count(*)
FROM events
GROUP BY 1, 2, 3, 4;

WITH tagged AS (
    SELECT e.issue_id, e.project_id, e.received_at, e.occurred_at, left(tag.key, 200) AS key, left(tag.value, 200) AS value
    FROM events e
    CROSS JOIN LATERAL (
        SELECT key, value FROM jsonb_each_text(e.tags) WHERE key NOT IN ('level', 'environment', 'release')
        UNION ALL
        VALUES ('level', e.level), ('environment', e.environment), ('release', e.release)) AS tag
    WHERE tag.value <> ''),
counted AS (
    SELECT issue_id, project_id, key, value, count(*) AS events, max(occurred_at) AS last_seen, min(received_at) AS first_at
    FROM tagged
    GROUP BY issue_id, project_id, key, value),
numbered AS (
    SELECT *, row_number() OVER (PARTITION BY issue_id, key ORDER BY first_at, value) AS number_of_value,
           min(first_at) OVER (PARTITION BY issue_id, key) AS key_first_at
    FROM counted),
bounded AS (
    SELECT *, dense_rank() OVER (PARTITION BY issue_id ORDER BY key_first_at, key) AS number_of_key
    FROM numbered)
INSERT INTO issue_tags (issue_id, key, value, project_id, events, last_seen)
SELECT issue_id, key, CASE WHEN number_of_value <= 1000 THEN value ELSE '' END AS named, project_id, sum(events), max(last_seen)
FROM bounded
WHERE number_of_key <= 100
GROUP BY issue_id, key, named, project_id;

INSERT INTO issue_tag_keys (issue_id, key, project_id, named_values)
SELECT issue_id, key, project_id, count(*) FILTER (WHERE value <> '')
FROM issue_tags
GROUP BY issue_id, key, project_id;
