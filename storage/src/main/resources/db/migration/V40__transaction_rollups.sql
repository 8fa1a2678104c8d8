-- Transactions counted by minute and hour of their end, in UTC, written in the transaction of their rows. Percentiles come of a
-- sketch (DDSketch, Masson et al., VLDB 2019): how many durations fell into each bucket, whose ends are 2.02 % apart, so that any
-- quantile is within 1 % of the true one. Sketches are added by adding counts; the order changes nothing.

-- The bucket of a duration: the logarithm of its milliseconds to the base 1.01 / 0.99, whose natural logarithm stands here.
CREATE FUNCTION duration_bucket(micros bigint) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ceil(ln(greatest(micros, 1)::double precision / 1000) / 0.020000666706669435::double precision)::integer;

CREATE TABLE transaction_hours (
    project_id   bigint      NOT NULL,
    hour         timestamptz NOT NULL,
    -- '<other>' without op, method and environment counts those that have no row of their own: an hour of a project has 5,000.
    name         text        NOT NULL,
    -- '' for none, as the next two.
    op           text        NOT NULL,
    http_method  text        NOT NULL,
    environment  text        NOT NULL,
    transactions bigint      NOT NULL,
    failures     bigint      NOT NULL,
    -- A day per transaction at most.
    duration_us  bigint      NOT NULL,
    -- The buckets with durations in their order, and how many each has.
    buckets      integer[]   NOT NULL,
    counts       bigint[]    NOT NULL,
    PRIMARY KEY (project_id, hour, name, op, http_method, environment)
) WITH (fillfactor = 70);

-- What has a row of its own in its hour has one in its minute. Kept for two days.
CREATE TABLE transaction_minutes (
    project_id   bigint      NOT NULL,
    minute       timestamptz NOT NULL,
    name         text        NOT NULL,
    op           text        NOT NULL,
    http_method  text        NOT NULL,
    environment  text        NOT NULL,
    transactions bigint      NOT NULL,
    failures     bigint      NOT NULL,
    duration_us  bigint      NOT NULL,
    buckets      integer[]   NOT NULL,
    counts       bigint[]    NOT NULL,
    PRIMARY KEY (project_id, minute, name, op, http_method, environment)
) WITH (fillfactor = 70);

-- The projects with transactions that a replay covered, and when these ended: their roll-ups are to be made again.
CREATE TABLE replay_touched_projects (
    job_id     bigint      NOT NULL,
    project_id bigint      NOT NULL,
    first_at   timestamptz NOT NULL,
    last_at    timestamptz NOT NULL,
    PRIMARY KEY (job_id, project_id)
);
CREATE INDEX replay_touched_projects_project ON replay_touched_projects (project_id);

-- Samples of an endpoint.
CREATE INDEX transactions_name ON transactions (project_id, name, received_at DESC);
-- For counting transactions again. They come nearly in the order of their ends, so a summary of blocks finds them.
CREATE INDEX transactions_ended ON transactions USING brin (ended_at) WITH (autosummarize = on);
-- The errors of a trace.
CREATE INDEX IF NOT EXISTS events_trace ON events (trace_id) WHERE trace_id IS NOT NULL;

-- What is there already.

CREATE TEMPORARY TABLE counted ON COMMIT DROP AS
SELECT project_id, date_trunc('minute', ended_at, 'UTC') AS minute, name, coalesce(op, '') AS op,
       coalesce(http_method, '') AS http_method, coalesce(environment, '') AS environment,
       duration_bucket(round(duration_ms * 1000)::bigint) AS bucket, count(*) AS transactions,
       count(*) FILTER (WHERE status NOT IN ('ok', 'cancelled', 'canceled', 'unknown')) AS failures,
       sum(least(round(duration_ms * 1000), 86400000000))::bigint AS duration_us, min(ended_at) AS first
FROM transactions
GROUP BY 1, 2, 3, 4, 5, 6, 7;

UPDATE counted c SET name = '<other>', op = '', http_method = '', environment = ''
FROM (SELECT *, row_number() OVER (PARTITION BY project_id, hour ORDER BY first, name, op, http_method, environment) AS place
      FROM (SELECT project_id, date_trunc('hour', minute, 'UTC') AS hour, name, op, http_method, environment, min(first) AS first
            FROM counted GROUP BY 1, 2, 3, 4, 5, 6) AS keys) AS k
WHERE k.place > 5000 AND c.project_id = k.project_id AND date_trunc('hour', c.minute, 'UTC') = k.hour
  AND (c.name, c.op, c.http_method, c.environment) = (k.name, k.op, k.http_method, k.environment);

INSERT INTO transaction_hours
SELECT project_id, hour, name, op, http_method, environment, sum(transactions), sum(failures), sum(duration_us),
       array_agg(bucket ORDER BY bucket), array_agg(transactions ORDER BY bucket)
FROM (SELECT project_id, date_trunc('hour', minute, 'UTC') AS hour, name, op, http_method, environment, bucket,
             sum(transactions)::bigint AS transactions, sum(failures) AS failures, sum(duration_us) AS duration_us
      FROM counted GROUP BY 1, 2, 3, 4, 5, 6, 7) AS buckets
GROUP BY 1, 2, 3, 4, 5, 6;

INSERT INTO transaction_minutes
SELECT project_id, minute, name, op, http_method, environment, sum(transactions), sum(failures), sum(duration_us),
       array_agg(bucket ORDER BY bucket), array_agg(transactions ORDER BY bucket)
FROM (SELECT project_id, minute, name, op, http_method, environment, bucket,
             sum(transactions)::bigint AS transactions, sum(failures) AS failures, sum(duration_us) AS duration_us
      FROM counted WHERE minute >= now() - interval '2 days' GROUP BY 1, 2, 3, 4, 5, 6, 7) AS buckets
GROUP BY 1, 2, 3, 4, 5, 6;
