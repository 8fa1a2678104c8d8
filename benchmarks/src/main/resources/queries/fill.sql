-- What an installation has after a month: projects and issues by Zipf's law, users and tags of few and of many values, and every
-- roll-up that the product would have made of it. Statements are separated by lines of dashes; sizes come as settings "fill.*".
-- Everything follows from the number of a row, so the same sizes give the same data. There are no raw envelopes.

SET synchronous_commit = off;
-- What an index is built of would be compressed page by page.
SET wal_compression = off;
SET work_mem = '256MB';
SET maintenance_work_mem = '512MB';

-- Between 0 and 1.
CREATE FUNCTION pg_temp.u(n bigint, seed bigint) RETURNS double precision
    LANGUAGE sql IMMUTABLE
    RETURN (hashint8extended(n, seed) & 9007199254740991) / 9007199254740992.0::double precision;

CREATE FUNCTION pg_temp.size(name text) RETURNS bigint
    LANGUAGE sql STABLE
    RETURN current_setting('fill.' || name)::bigint;

CREATE TEMPORARY TABLE span AS
SELECT date_trunc('hour', now()) AS until, date_trunc('hour', now()) - interval '30 days' AS since;

SELECT ensure_day_partitions(day::date) FROM span, generate_series(since, until + interval '1 day', interval '1 day') AS day;

-- Indexes of large tables are made at the end, which takes a fraction of the time.
CREATE TEMPORARY TABLE left_out AS
SELECT i.indrelid::regclass::text AS of_table, c.conname AS constraint_name, i.indexrelid::regclass::text AS name,
       CASE WHEN c.oid IS NULL THEN replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ')
            ELSE format('ALTER TABLE %s ADD CONSTRAINT %I %s', i.indrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) END
           AS definition
FROM pg_index i
LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.conrelid = i.indrelid AND c.contype IN ('p', 'u')
WHERE i.indrelid IN ('events'::regclass, 'event_identities'::regclass, 'issue_hours'::regclass, 'issue_releases'::regclass,
                     'issue_tags'::regclass, 'issue_tag_keys'::regclass, 'transactions'::regclass, 'spans'::regclass, 'logs'::regclass);
DO
$$
DECLARE
    index left_out;
BEGIN
    FOR index IN SELECT * FROM left_out
        LOOP
            EXECUTE CASE WHEN index.constraint_name IS NULL THEN 'DROP INDEX ' || index.name
                         ELSE format('ALTER TABLE %s DROP CONSTRAINT %I', index.of_table, index.constraint_name) END;
        END LOOP;
END
$$;
-----
INSERT INTO projects (id, slug, name, platform, status, revision, created_at, updated_at)
SELECT n, 'project-' || n, 'Project ' || n, (ARRAY ['javascript', 'python', 'java', 'node', 'php'])[1 + n % 5], 'active', 1, since,
       since
FROM span, generate_series(1, pg_temp.size('projects')) AS n
ON CONFLICT DO NOTHING;
SELECT setval(pg_get_serial_sequence('projects', 'id'), (SELECT max(id) FROM projects));

-- A release a day.
INSERT INTO releases (project_id, version, sort_key, created_at, first_seen, last_seen)
SELECT p.id, p.slug || '@1.' || day || '.0', '', since + day * interval '1 day', since + day * interval '1 day', until
FROM span, projects p, generate_series(0, 29) AS day
WHERE p.slug LIKE 'project-%';
-----
-- By rank: how many events, of which project, and when.
CREATE TEMPORARY TABLE ranked AS
WITH weighed AS (
    SELECT rank, 1.0::double precision / rank AS weight FROM generate_series(1, pg_temp.size('issues')) AS rank)
SELECT rank, 1 + (rank * 7919) % pg_temp.size('issues') AS issue_id,
       floor(exp(pg_temp.u(rank, 1) * ln(pg_temp.size('projects') + 0.999)))::bigint AS project_id,
       greatest(1, round(pg_temp.size('events') * weight / (SELECT sum(weight) FROM weighed)))::bigint AS events,
       CASE WHEN rank <= 200 OR rank % 2 = 0 THEN 0 ELSE 29 * pg_temp.u(rank, 2) END AS first_day,
       CASE WHEN rank <= 200 OR rank % 2 = 0 THEN 30 ELSE 30 * pg_temp.u(rank, 3) ^ 2 END AS days
FROM weighed;

INSERT INTO issues (id, project_id, title, error_type, culprit, level, platform, status, substatus, status_at, event_count, first_seen,
                    last_seen, created_at)
SELECT r.issue_id, r.project_id,
       kind || ': ' || what || ' ' || (ARRAY ['of the cart', 'in checkout', 'for the order', 'of the session', 'in the report',
           'while it was saved', 'of the invoice', 'for the customer'])[1 + (hashint8extended(rank, 8) & 7)] || ' ' || rank,
       kind, '/' || (ARRAY ['cart', 'orders', 'users', 'reports', 'search'])[1 + rank % 5] || '/' || rank % 97,
       (ARRAY ['error', 'error', 'error', 'error', 'error', 'error', 'error', 'warning', 'info', 'fatal'])[1 + rank % 10],
       p.platform, s.status, s.substatus, CASE WHEN s.status <> 'unresolved' THEN until END, 0, since, since, since
FROM span, ranked r
JOIN projects p ON p.id = r.project_id
CROSS JOIN LATERAL (
    SELECT (ARRAY ['TypeError', 'ValueError', 'KeyError', 'NullPointerException', 'TimeoutError', 'HttpError', 'IOError',
               'AssertionError'])[1 + (hashint8extended(rank, 6) & 7)] AS kind,
           (ARRAY ['cannot read a property', 'no such key', 'connection refused', 'value is out of range', 'unexpected end of input',
               'permission denied', 'not found', 'has changed'])[1 + (hashint8extended(rank, 7) & 7)] AS what) AS text
CROSS JOIN LATERAL (
    SELECT CASE WHEN rank % 7 = 3 THEN 'resolved' WHEN rank % 11 = 5 THEN 'ignored' ELSE 'unresolved' END AS status,
           CASE WHEN rank % 7 = 3 THEN NULL WHEN rank % 11 = 5 THEN 'archived_forever' WHEN rank % 50 = 1 THEN 'regressed'
                ELSE 'ongoing' END AS substatus) AS s;
SELECT setval(pg_get_serial_sequence('issues', 'id'), (SELECT max(id) FROM issues));

INSERT INTO issue_hashes (project_id, strategy, hash, issue_id, created_at)
SELECT project_id, 'benchmark', decode(md5(issue_id::text), 'hex'), issue_id, since FROM ranked, span;

-- What the payloads of an issue have in common: all but the last brace.
CREATE TEMPORARY TABLE payloads AS
SELECT i.id AS issue_id, left(jsonb_build_object('platform', i.platform, 'level', i.level, 'exception', jsonb_build_object('values',
    jsonb_build_array(jsonb_build_object('type', i.error_type, 'value', i.title, 'mechanism', jsonb_build_object('handled', true),
        'stacktrace', jsonb_build_object('frames', (
            SELECT jsonb_agg(jsonb_build_object('filename', 'app/part' || f || '.js', 'function', 'step' || f, 'lineno', i.id % 400,
                                                'in_app', true))
            FROM generate_series(1, 4) AS f))))))::text, -1)
           || ', "request": {"method": "GET", "url": "https://shop.example.com' || i.culprit || '"}, "user": ' AS head
FROM issues i;
ALTER TABLE payloads ADD PRIMARY KEY (issue_id);

CREATE TEMPORARY TABLE drawn AS
SELECT row_number() OVER () AS n, r.issue_id, r.project_id,
       since + (r.first_day + least(r.days, 30 - r.first_day) * pg_temp.u(r.rank * 10000000 + k, 4)) * interval '1 day' AS at
FROM span, ranked r, generate_series(1, r.events) AS k;
-----
-- All that is drawn of an event, in the order in which they came, as tables have them. Roll-ups are counted from here.
CREATE TEMPORARY TABLE happened AS
SELECT d.n, d.issue_id, d.project_id, d.at AS received_at, d.at - interval '0.3 seconds' AS occurred_at,
       CASE WHEN pg_temp.u(d.n, 11) < 0.1 THEN 'warning' ELSE i.level END AS level,
       'project-' || d.project_id || '@1.'
           || greatest(0, floor(extract(epoch FROM d.at - since) / 86400 - 3 * pg_temp.u(d.n, 12) ^ 3)) || '.0' AS release,
       CASE WHEN pg_temp.u(d.n, 13) < 0.8 THEN 'production' WHEN pg_temp.u(d.n, 13) < 0.95 THEN 'staging' ELSE 'development' END
           AS environment,
       person, hashint8extended(person, d.project_id) AS user_hash,
       (ARRAY ['Chrome', 'Chrome', 'Chrome', 'Firefox', 'Safari', 'Edge'])[1 + floor(6 * pg_temp.u(d.n, 14))] AS browser,
       (ARRAY ['Windows', 'macOS', 'Linux', 'Android', 'iOS'])[1 + floor(5 * pg_temp.u(d.n, 15))] AS os,
       (ARRAY ['free', 'free', 'team', 'enterprise'])[1 + floor(4 * pg_temp.u(d.n, 16))] AS plan,
       'web-' || d.project_id || '-' || floor(20 * pg_temp.u(d.n, 17)) AS server_name,
       'customer-' || floor(exp(pg_temp.u(d.n, 18) * ln(5000))) AS customer,
       md5('request' || d.n) AS request_id
FROM drawn d
CROSS JOIN span
CROSS JOIN LATERAL (SELECT floor(pg_temp.size('users') * pg_temp.u(d.n, 10) ^ 2)::bigint AS person OFFSET 0) AS who
JOIN issues i ON i.id = d.issue_id
ORDER BY d.at;
DROP TABLE drawn;
ANALYZE happened;
-----
INSERT INTO events (received_at, project_id, event_id, issue_id, envelope_id, occurred_at, level, platform, title, culprit, message,
                    release, environment, transaction, user_hash, trace_id, handled, sdk_name, sdk_version, error_type, strategy, hash,
                    tags, payload_kept, needs_source_maps, payload_json)
SELECT h.received_at, h.project_id, md5('event' || h.n)::uuid, h.issue_id, md5('envelope' || h.n)::uuid, h.occurred_at, h.level,
       i.platform, i.title, i.culprit, i.title, h.release, h.environment, i.culprit, h.user_hash, md5('trace' || h.n)::uuid, true,
       'sentry.' || i.platform, '9.1.0', i.error_type, 'benchmark', decode(md5(h.issue_id::text), 'hex'),
       jsonb_build_object('browser', h.browser, 'os', h.os, 'plan', h.plan, 'server_name', h.server_name, 'customer', h.customer,
                          'request_id', h.request_id),
       true, false,
       p.head || '{"id": "' || h.person || '", "email": "person' || h.person || '@example.com"}}'
FROM happened h
JOIN issues i ON i.id = h.issue_id
JOIN payloads p ON p.issue_id = h.issue_id;
-----
INSERT INTO event_identities (project_id, event_id, received_at)
SELECT project_id, md5('event' || n)::uuid, received_at FROM happened;
-----
-- Sets of more than 256 users are sketches, which are made afterwards: empty until then. Rows lie in the order in which they began.
CREATE TEMPORARY TABLE counted AS
SELECT issue_id, project_id, date_trunc('hour', occurred_at, 'UTC') AS hour, environment, level, release, user_hash, count(*) AS events,
       min(occurred_at) AS first_at, max(occurred_at) AS last_at
FROM happened
GROUP BY 1, 2, 3, 4, 5, 6, 7;

INSERT INTO issue_hours (issue_id, hour, environment, level, project_id, events, users)
SELECT issue_id, hour, environment, level, project_id, sum(events),
       CASE WHEN count(*) <= 256 THEN '\x01'::bytea || string_agg(int8send(user_hash), '' ORDER BY user_hash) ELSE '' END
FROM (SELECT issue_id, hour, environment, level, project_id, user_hash, sum(events) AS events FROM counted GROUP BY 1, 2, 3, 4, 5, 6) AS users
GROUP BY 1, 2, 3, 4, 5
ORDER BY hour;

INSERT INTO issue_releases (issue_id, release, environment, project_id, events, first_seen, last_seen, users)
SELECT issue_id, release, environment, project_id, sum(events), min(first_at), max(last_at),
       CASE WHEN count(*) <= 256 THEN '\x01'::bytea || string_agg(int8send(user_hash), '' ORDER BY user_hash) ELSE '' END
FROM (SELECT issue_id, release, environment, project_id, user_hash, sum(events) AS events, min(first_at) AS first_at, max(last_at) AS last_at
      FROM counted GROUP BY 1, 2, 3, 4, 5) AS users
GROUP BY 1, 2, 3, 4
ORDER BY min(first_at);

INSERT INTO issue_users (issue_id, project_id, users)
SELECT issue_id, project_id,
       CASE WHEN count(*) <= 256 THEN '\x01'::bytea || string_agg(int8send(user_hash), '' ORDER BY user_hash) ELSE '' END
FROM (SELECT DISTINCT issue_id, project_id, user_hash FROM counted) AS users
GROUP BY 1, 2;

UPDATE issues i
SET event_count = seen.events, users_affected = seen.users, first_seen = seen.first_at, last_seen = seen.last_at,
    first_release = seen.first_release, first_release_at = seen.first_at, last_release = seen.last_release, last_release_at = seen.last_at
FROM (SELECT issue_id, sum(events) AS events, count(DISTINCT user_hash) AS users, min(first_at) AS first_at, max(last_at) AS last_at,
             (array_agg(release ORDER BY first_at))[1] AS first_release, (array_agg(release ORDER BY last_at DESC))[1] AS last_release
      FROM counted GROUP BY 1) AS seen
WHERE i.id = seen.issue_id;

INSERT INTO project_hours (project_id, hour, level, environment, events)
SELECT project_id, hour, level, environment, sum(events) FROM counted GROUP BY 1, 2, 3, 4;

INSERT INTO release_hours (project_id, release, hour, environment, events)
SELECT project_id, release, hour, environment, sum(events) FROM counted GROUP BY 1, 2, 3, 4;

INSERT INTO project_minutes (project_id, minute, level, environment, events)
SELECT project_id, date_trunc('minute', occurred_at, 'UTC'), level, environment, count(*)
FROM happened, span WHERE received_at >= until - interval '48 hours'
GROUP BY 1, 2, 3, 4;

DROP TABLE counted;
-----
-- Of each key the first 1,000 values of an issue have rows, the others one together. Those of all keys lie among each other, by time.
CREATE TEMPORARY TABLE tagged (LIKE issue_tags, first_at timestamptz);
DO
$$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY ['level', 'environment', 'release', 'browser', 'os', 'plan', 'server_name', 'customer', 'request_id']
        LOOP
            EXECUTE format(
                'INSERT INTO tagged (issue_id, key, value, project_id, events, last_seen, first_at)
                 SELECT issue_id, %1$L, CASE WHEN number <= 1000 THEN value ELSE '''' END, project_id, sum(events), max(last_at),
                        min(first_at)
                 FROM (SELECT *, row_number() OVER (PARTITION BY issue_id ORDER BY first_at) AS number
                       FROM (SELECT issue_id, project_id, %1$I AS value, count(*) AS events, min(occurred_at) AS first_at,
                                    max(occurred_at) AS last_at
                             FROM happened GROUP BY 1, 2, 3) AS counted) AS numbered
                 GROUP BY 1, 3, 4', name);
        END LOOP;
END
$$;
INSERT INTO issue_tags (issue_id, key, value, project_id, events, last_seen)
SELECT issue_id, key, value, project_id, events, last_seen FROM tagged ORDER BY first_at;
DROP TABLE tagged;

INSERT INTO issue_tag_keys (issue_id, key, project_id, named_values)
SELECT issue_id, key, project_id, count(*) FILTER (WHERE value <> '') FROM issue_tags GROUP BY 1, 2, 3;
-----
INSERT INTO transactions (received_at, project_id, event_id, envelope_id, name, op, status, trace_id, span_id, started_at, ended_at,
                          duration_ms, platform, release, environment, http_method, http_status, sdk_name, sdk_version, span_count,
                          tags, measurements, payload)
SELECT at, p.id, md5('transaction' || n)::uuid, md5('envelope-t' || n)::uuid, '/api/' || floor(40 * pg_temp.u(n, 22) ^ 2), 'http.server',
       CASE WHEN pg_temp.u(n, 23) < 0.03 THEN 'internal_error' ELSE 'ok' END, md5('trace-t' || n)::uuid, left(md5('span' || n), 16),
       at - ms * interval '1 millisecond', at, ms, p.platform,
       p.slug || '@1.' || floor(extract(epoch FROM at - since) / 86400) || '.0', 'production', 'GET', 200, 'sentry.' || p.platform,
       '9.1.0', 2, jsonb_build_object('browser', 'Chrome', 'server_name', 'web-' || p.id), '{}',
       jsonb_build_object('platform', p.platform, 'request', jsonb_build_object('url', 'https://shop.example.com/api'))
FROM span, (SELECT n, until - interval '30 days' + n * interval '30 days' / (pg_temp.size('events') / 10) AS at,
                   exp(3 + 4 * pg_temp.u(n, 20)) AS ms,
                   floor(exp(pg_temp.u(n, 21) * ln(pg_temp.size('projects') + 0.999)))::bigint AS project_id
            FROM span, generate_series(1, pg_temp.size('events') / 10 - 1) AS n) AS drawn
JOIN projects p ON p.id = drawn.project_id
ORDER BY at;

INSERT INTO spans (received_at, envelope_id, position, index, project_id, trace_id, span_id, parent_span_id, transaction_id, segment, op,
                   description, status, origin, started_at, duration_ms, data)
SELECT t.received_at, t.envelope_id, 0, k, t.project_id, t.trace_id, left(md5(t.span_id || k), 16), t.span_id, t.event_id, false,
       CASE k WHEN 1 THEN 'db' ELSE 'http.client' END,
       CASE k WHEN 1 THEN 'SELECT * FROM orders WHERE id = %s' ELSE 'GET https://pay.example.com' END, 'ok', 'auto', t.started_at,
       t.duration_ms / 3, jsonb_build_object('db.system', 'postgresql', 'rows', k)
FROM transactions t, generate_series(1, 2) AS k
ORDER BY t.received_at;

WITH counted AS (
    SELECT project_id, date_trunc('minute', ended_at, 'UTC') AS minute, name, op, http_method, environment,
           duration_bucket(round(duration_ms * 1000)::bigint) AS bucket, count(*) AS transactions,
           count(*) FILTER (WHERE status <> 'ok') AS failures, sum(round(duration_ms * 1000))::bigint AS duration_us
    FROM transactions GROUP BY 1, 2, 3, 4, 5, 6, 7),
hours AS (
    INSERT INTO transaction_hours
    SELECT project_id, hour, name, op, http_method, environment, sum(transactions), sum(failures), sum(duration_us),
           array_agg(bucket ORDER BY bucket), array_agg(transactions ORDER BY bucket)
    FROM (SELECT project_id, date_trunc('hour', minute, 'UTC') AS hour, name, op, http_method, environment, bucket,
                 sum(transactions)::bigint AS transactions, sum(failures) AS failures, sum(duration_us) AS duration_us
          FROM counted GROUP BY 1, 2, 3, 4, 5, 6, 7) AS buckets
    GROUP BY 1, 2, 3, 4, 5, 6)
INSERT INTO transaction_minutes
SELECT project_id, minute, name, op, http_method, environment, sum(transactions), sum(failures), sum(duration_us),
       array_agg(bucket ORDER BY bucket), array_agg(transactions ORDER BY bucket)
FROM counted, span WHERE minute >= until - interval '2 days'
GROUP BY 1, 2, 3, 4, 5, 6;

INSERT INTO logs (received_at, envelope_id, position, index, project_id, occurred_at, sequence, trace_id, span_id, level, severity_number,
                  body, environment, release, sdk_name, server_address, attributes)
SELECT at, md5('envelope-l' || n)::uuid, 0, 0, project_id, at, 0, md5('trace-t' || n / 2)::uuid, NULL,
       (ARRAY ['info', 'info', 'info', 'debug', 'warn', 'error'])[1 + floor(6 * pg_temp.u(n, 32))], 9,
       (ARRAY ['order was placed', 'cache was missed', 'payment took long', 'session has begun'])[1 + floor(4 * pg_temp.u(n, 33))]
           || ' for customer ' || floor(exp(pg_temp.u(n, 34) * ln(5000))),
       'production', NULL, 'sentry.python', 'web-' || project_id, jsonb_build_object('route', '/cart', 'size', n % 1000)
FROM (SELECT n, until - interval '30 days' + n * interval '30 days' / (pg_temp.size('events') / 5) AS at,
             floor(exp(pg_temp.u(n, 31) * ln(pg_temp.size('projects') + 0.999)))::bigint AS project_id
      FROM span, generate_series(1, pg_temp.size('events') / 5 - 1) AS n) AS drawn
ORDER BY at;
-----
DO
$$
DECLARE
    index left_out;
BEGIN
    FOR index IN SELECT * FROM left_out ORDER BY definition
        LOOP
            EXECUTE index.definition;
        END LOOP;
END
$$;
-----
-- As processors do for days that are over.
DO
$$
DECLARE
    day text;
BEGIN
    FOR day IN SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
               WHERE i.inhparent = 'events'::regclass AND right(c.relname, 8) < to_char(now() AT TIME ZONE 'UTC', 'YYYYMMDD')
        LOOP
            EXECUTE format('CREATE INDEX %I ON %I USING gin (tags jsonb_path_ops)', day || '_tags', day);
        END LOOP;
END
$$;
