package dev.resentry.query;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Puts rows where the processor would. */
public final class StoredRows {
    private static final AtomicLong SEQUENCE = new AtomicLong();

    private final JdbcClient jdbc;

    public StoredRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A UUIDv7 of a moment. */
    public static UUID envelopeId(Instant at) {
        return new UUID(
                at.toEpochMilli() << 16 | 0x7000L | (SEQUENCE.incrementAndGet() & 0xfff),
                0x8000_0000_0000_0000L | SEQUENCE.get());
    }

    public static String hex(UUID id) {
        return id.toString().replace("-", "");
    }

    /** What waits for topic {@code events}; no processor empties it here. */
    public List<String> eventsOutbox() {
        return jdbc.sql("SELECT value FROM events_outbox ORDER BY id")
                .query(String.class)
                .list();
    }

    public long project(String slug) {
        return jdbc.sql("""
                        INSERT INTO projects (slug, name, status, revision, created_at, updated_at)
                        VALUES (:slug, :slug, 'active', 1, now(), now()) RETURNING id
                        """).param("slug", slug).query(Long.class).single();
    }

    public long issue(long project, String title, Instant lastSeen, String status) {
        return jdbc.sql("""
                        INSERT INTO issues (project_id, title, culprit, level, platform, status, event_count, first_seen,
                                            last_seen, first_release, last_release, created_at)
                        VALUES (:project, :title, 'shop.cart', 'error', 'java', :status, 3, :seen, :seen, '1.0', '1.1', now())
                        RETURNING id
                        """)
                .params(Map.of(
                        "project",
                        project,
                        "title",
                        title,
                        "status",
                        status,
                        "seen",
                        lastSeen.atOffset(ZoneOffset.UTC)))
                .query(Long.class)
                .single();
    }

    /** Someone who may log in. */
    public long user(String email, String role) {
        return jdbc.sql("""
                        INSERT INTO users (email, name, password_hash, role, created_at)
                        VALUES (:email, initcap(split_part(:email, '@', 1)), 'none', :role, now()) RETURNING id
                        """)
                .params(Map.of("email", email, "role", role))
                .query(Long.class)
                .single();
    }

    /** Events of an issue in an hour, each of another user. */
    public void hour(long project, long issue, Instant hour, String environment, int events) {
        var users = new StringBuilder("01");
        for (int i = 1; i <= events; i++) {
            users.append("%016x".formatted(i));
        }
        jdbc.sql("""
                        INSERT INTO issue_hours (issue_id, hour, environment, level, project_id, events, users)
                        VALUES (:issue, :hour, :environment, 'error', :project, :events, decode(:users, 'hex'))
                        """)
                .params(Map.of(
                        "issue",
                        issue,
                        "hour",
                        hour.atOffset(ZoneOffset.UTC),
                        "environment",
                        environment,
                        "project",
                        project,
                        "events",
                        events,
                        "users",
                        users.toString()))
                .update();
    }

    public void deadLetter(long project, UUID envelope) {
        jdbc.sql("""
                        INSERT INTO dead_letters (at, reason, stage, cause, project_id, envelope_id, headers, source_topic,
                                                  source_partition, source_offset)
                        VALUES (now(), 'invalid_envelope', 'split', 'a test', :project, :envelope, '[]', 'envelopes', 0, :offset)
                        """)
                .params(Map.of("project", project, "envelope", envelope, "offset", SEQUENCE.incrementAndGet()))
                .update();
    }

    /** An envelope whose items are counted from its body's offsets by the caller. */
    public UUID envelope(long project, Instant at, String endpoint, String encoding, byte[] body) {
        partitions(at);
        UUID id = envelopeId(at);
        Map<String, Object> values = new TreeMap<>(Map.of(
                "at", at.atOffset(ZoneOffset.UTC), "id", id, "project", project, "endpoint", endpoint, "body", body));
        values.put("encoding", encoding);
        jdbc.sql("""
                        INSERT INTO envelopes (received_at, id, project_id, public_key, endpoint, content_encoding, client, body,
                                               body_size, outcome, item_count)
                        VALUES (:at, :id, :project, repeat('a', 32), :endpoint, :encoding, 'sentry.java/8', :body,
                                length(:body), 'stored', 1)
                        """).params(values).update();
        return id;
    }

    public void item(
            UUID envelope, Instant at, int position, long project, String type, int offset, int length, UUID event) {
        item(envelope, at, position, project, type, offset, length, event, "stored");
    }

    public void item(
            UUID envelope,
            Instant at,
            int position,
            long project,
            String type,
            int offset,
            int length,
            UUID event,
            String outcome) {
        Map<String, Object> values = new TreeMap<>(Map.of(
                "at",
                at.atOffset(ZoneOffset.UTC),
                "envelope",
                envelope,
                "position",
                position,
                "project",
                project,
                "type",
                type,
                "offset",
                offset,
                "length",
                length,
                "outcome",
                outcome));
        values.put("event", event);
        jdbc.sql("""
                        INSERT INTO envelope_items (received_at, envelope_id, position, project_id, type, category, content_type,
                                                    filename, payload_offset, payload_length, event_id, outcome)
                        VALUES (:at, :envelope, :position, :project, :type, 'error', 'text/plain', 'cart.txt', :offset, :length,
                                :event, :outcome)
                        """).params(values).update();
    }

    public UUID event(long project, long issue, UUID envelope, Instant at, String payload) {
        partitions(at);
        UUID id = UUID.randomUUID();
        jdbc.sql("INSERT INTO event_identities (project_id, event_id, received_at) VALUES (:project, :id, :at)")
                .params(Map.of("project", project, "id", id, "at", at.atOffset(ZoneOffset.UTC)))
                .update();
        jdbc.sql("""
                        INSERT INTO events (received_at, project_id, event_id, issue_id, envelope_id, occurred_at, level, platform,
                                            title, culprit, message, release, environment, strategy, hash, tags,
                                            payload_json)
                        VALUES (:at, :project, :id, :issue, :envelope, :at - interval '5 seconds', 'error', 'java',
                                'IllegalStateException: Checkout failed', 'shop.cart', 'Cart 7', 'shop@1.4.2', 'staging', 's1',
                                '\\x01', '{"role": "admin"}', :payload)
                        """)
                .params(Map.of(
                        "at",
                        at.atOffset(ZoneOffset.UTC),
                        "project",
                        project,
                        "id",
                        id,
                        "issue",
                        issue,
                        "envelope",
                        envelope,
                        "payload",
                        payload))
                .update();
        return id;
    }

    /** Counts the tags of the events of an issue, as what stores events does. */
    public void countTags(long issue) {
        jdbc.sql("""
                        WITH counted AS (
                            INSERT INTO issue_tags (issue_id, key, value, project_id, events, last_seen)
                            SELECT e.issue_id, tag.key, tag.value, e.project_id, count(*), max(e.occurred_at)
                            FROM events e
                            CROSS JOIN LATERAL (
                                SELECT key, value FROM jsonb_each_text(e.tags)
                                UNION ALL
                                VALUES ('level', e.level), ('environment', e.environment), ('release', e.release)) AS tag
                            WHERE e.issue_id = :issue AND tag.value <> ''
                            GROUP BY 1, 2, 3, 4
                            RETURNING issue_id, key, project_id)
                        INSERT INTO issue_tag_keys (issue_id, key, project_id, named_values)
                        SELECT issue_id, key, project_id, count(*) FROM counted GROUP BY 1, 2, 3
                        """).param("issue", issue).update();
    }

    /** A transaction of 250 ms. */
    public UUID transaction(long project, UUID envelope, Instant at, UUID trace) {
        partitions(at);
        UUID id = UUID.randomUUID();
        jdbc.sql("INSERT INTO event_identities (project_id, event_id, received_at) VALUES (:project, :id, :at)")
                .params(Map.of("project", project, "id", id, "at", at.atOffset(ZoneOffset.UTC)))
                .update();
        jdbc.sql("""
                        INSERT INTO transactions (received_at, project_id, event_id, envelope_id, name, op, status, trace_id, span_id,
                                                  started_at, ended_at, duration_ms, release, http_method, http_status, span_count,
                                                  tags, measurements, payload)
                        VALUES (:at, :project, :id, :envelope, 'GET /cart', 'http.server', 'ok', :trace, 'fa90fdead5f74052', :at, :at,
                                250, 'shop@1.4.2', 'GET', 200, 2, '{"role": "admin"}', '{"lcp": {"value": 12.5}}',
                                '{"contexts": {"trace": {"op": "http.server"}}, "user": {"id": "7"}}')
                        """)
                .params(Map.of(
                        "at",
                        at.atOffset(ZoneOffset.UTC),
                        "project",
                        project,
                        "id",
                        id,
                        "envelope",
                        envelope,
                        "trace",
                        trace))
                .update();
        return id;
    }

    /**
     * A transaction {@code cart} of now with six calls of a database in a row and an error, and the counts of 40 like it.
     *
     * @return its trace
     */
    public UUID slowCart(long project, long issue) {
        Instant at = Instant.now().minusSeconds(600).truncatedTo(ChronoUnit.MILLIS);
        UUID envelope = envelopeId(at);
        UUID trace = UUID.randomUUID();
        UUID transaction = transaction(project, envelope, at, trace);
        jdbc.sql("UPDATE transactions SET name = 'cart', span_count = 6 WHERE event_id = :id")
                .param("id", transaction)
                .update();
        for (int i = 0; i < 6; i++) {
            span(project, envelope, at, i, trace, transaction);
        }
        jdbc.sql("""
                        UPDATE spans SET description = 'SELECT ' || index, started_at = started_at + index * interval '20 milliseconds',
                               duration_ms = 15
                        WHERE transaction_id = :id
                        """).param("id", transaction).update();
        UUID event =
                event(project, issue, envelope, at, "{\"contexts\": {\"trace\": {\"span_id\": \"fa90fdead5f74052\"}}}");
        jdbc.sql("UPDATE events SET transaction = 'cart', trace_id = :trace WHERE event_id = :id")
                .params(Map.of("trace", trace, "id", event))
                .update();
        for (String unit : List.of("minute", "hour")) {
            jdbc.sql("""
                            INSERT INTO transaction_%1$ss
                            VALUES (:project, date_trunc('%1$s', :at, 'UTC'), 'cart', 'http.server', 'GET', '', 40, 10, 10000000,
                                    ARRAY[duration_bucket(100000), duration_bucket(250000)], '{30, 10}')
                            """.formatted(unit))
                    .params(Map.of("project", project, "at", at.atOffset(ZoneOffset.UTC)))
                    .update();
        }
        return trace;
    }

    /** A span of 5 ms; {@code transaction} is null for one that came without. */
    public void span(long project, UUID envelope, Instant at, int index, UUID trace, UUID transaction) {
        partitions(at);
        Map<String, Object> values = new TreeMap<>(Map.of(
                "at",
                at.atOffset(ZoneOffset.UTC),
                "project",
                project,
                "envelope",
                envelope,
                "index",
                index,
                "trace",
                trace));
        values.put("transaction", transaction);
        jdbc.sql("""
                        INSERT INTO spans (received_at, envelope_id, position, index, project_id, trace_id, span_id, parent_span_id,
                                           transaction_id, segment, op, description, started_at, duration_ms, data)
                        VALUES (:at, :envelope, 0, :index, :project, :trace, lpad(:index::text, 16, 'b'), 'fa90fdead5f74052',
                                :transaction, false, 'db', 'SELECT 1', :at + :index * interval '1 millisecond', 5,
                                '{"db.system": "postgresql"}')
                        """).params(values).update();
    }

    /** A log; {@code trace} may be null. */
    public void log(
            long project,
            UUID envelope,
            Instant at,
            int index,
            String level,
            String body,
            UUID trace,
            String attributes) {
        partitions(at);
        Map<String, Object> values = new TreeMap<>(Map.of(
                "at",
                at.atOffset(ZoneOffset.UTC),
                "project",
                project,
                "envelope",
                envelope,
                "index",
                index,
                "level",
                level,
                "body",
                body,
                "attributes",
                attributes));
        values.put("trace", trace);
        jdbc.sql("""
                        INSERT INTO logs (received_at, envelope_id, position, index, project_id, occurred_at, sequence, trace_id, level,
                                          severity_number, body, environment, release, sdk_name, server_address, attributes)
                        VALUES (:at, :envelope, 0, :index, :project, :at, 0, :trace::uuid, :level, 9, :body, 'production', 'shop@1.4.2',
                                'sentry.java', 'shop-1', :attributes::jsonb)
                        """).params(values).update();
    }

    /** Feedback about an event. */
    public UUID feedback(long project, Instant at, UUID event, String message) {
        partitions(at);
        UUID id = UUID.randomUUID();
        jdbc.sql("INSERT INTO event_identities (project_id, event_id, received_at) VALUES (:project, :id, :at)")
                .params(Map.of("project", project, "id", id, "at", at.atOffset(ZoneOffset.UTC)))
                .update();
        jdbc.sql("""
                        INSERT INTO feedback (received_at, project_id, feedback_id, envelope_id, occurred_at, source, message, name, email,
                                              url, event_id, environment, release, tags)
                        VALUES (:at, :project, :id, :id, :at, 'widget', :message, 'Ada', 'ada@example.com',
                                'https://shop.example/cart', :event, 'production', 'shop@1.4.2', '{"plan": "gold"}')
                        """)
                .params(Map.of(
                        "at",
                        at.atOffset(ZoneOffset.UTC),
                        "project",
                        project,
                        "id",
                        id,
                        "message",
                        message,
                        "event",
                        event))
                .update();
        return id;
    }

    /** An attachment that the item at a position is, with its blob. */
    public void attachment(long project, UUID envelope, Instant at, int position, UUID event, byte[] content) {
        partitions(at);
        jdbc.sql("""
                        INSERT INTO blobs VALUES (sha256(:content), length(:content), now(), true, :content) ON CONFLICT DO NOTHING
                        """).param("content", content).update();
        jdbc.sql("""
                        INSERT INTO attachments (received_at, envelope_id, position, project_id, event_id, name, content_type,
                                                 attachment_type, size, blob)
                        VALUES (:at, :envelope, :position, :project, :event, 'view-hierarchy.json', 'application/json',
                                'event.view_hierarchy', length(:content), sha256(:content))
                        """)
                .params(Map.of(
                        "at",
                        at.atOffset(ZoneOffset.UTC),
                        "envelope",
                        envelope,
                        "position",
                        position,
                        "project",
                        project,
                        "event",
                        event,
                        "content",
                        content))
                .update();
    }

    public void hash(long project, long issue) {
        jdbc.sql("INSERT INTO issue_hashes VALUES (:project, 's1', int8send(:issue), :issue, now())")
                .params(Map.of("project", project, "issue", issue))
                .update();
    }

    /** Gives an event of an issue a hash of its own, by which the issue is known. */
    public String hash(long project, long issue, UUID event) {
        String hex = hex(event);
        jdbc.sql("UPDATE events SET hash = decode(:hash, 'hex') WHERE event_id = :event")
                .params(Map.of("hash", hex, "event", event))
                .update();
        jdbc.sql("INSERT INTO issue_hashes VALUES (:project, 's1', decode(:hash, 'hex'), :issue, now())")
                .params(Map.of("project", project, "hash", hex, "issue", issue))
                .update();
        return hex;
    }

    /** Counts of two hours: in the first 3 events of staging and 2 without an environment, in the second 4 of staging. */
    public void rollups(long project, long issue) {
        for (String sql : List.of("""
                INSERT INTO issue_days (issue_id, day, project_id, payloads, only_counted)
                VALUES (:issue, '2026-11-18', :project, 2, 7)
                """, """
                INSERT INTO issue_hours (issue_id, hour, environment, level, project_id, events, users)
                VALUES (:issue, '2026-11-18 10:00Z', 'staging', 'error', :project, 3, '\\x010000000000000001'),
                       (:issue, '2026-11-18 10:00Z', '', 'warning', :project, 2, '\\x0100000000000000010000000000000002'),
                       (:issue, '2026-11-18 11:00Z', 'staging', 'error', :project, 4, NULL)
                """, """
                INSERT INTO issue_users (issue_id, project_id, users) VALUES (:issue, :project, '\\x010000000000000001')
                """, """
                INSERT INTO issue_tags (issue_id, key, value, project_id, events, last_seen)
                SELECT :issue, 'browser', value, :project, events, timestamptz '2026-11-18 11:30Z'
                FROM (VALUES ('firefox', 3), ('chrome', 5), ('', 7)) AS v(value, events)
                """, """
                INSERT INTO issue_tag_keys (issue_id, key, project_id, named_values) VALUES (:issue, 'browser', :project, 2)
                """, """
                INSERT INTO issue_releases (issue_id, release, environment, project_id, events, first_seen, last_seen, users)
                VALUES (:issue, 'shop@1.4.2', 'staging', :project, 7, '2026-11-18 10:00Z', '2026-11-18 11:30Z', '\\x010000000000000001')
                """, """
                INSERT INTO release_hours (project_id, release, hour, environment, events)
                VALUES (:project, 'shop@1.4.2', '2026-11-18 10:00Z', 'staging', 3),
                       (:project, 'shop@1.4.2', '2026-11-18 11:00Z', '', 4 + :issue - :issue)
                """, """
                INSERT INTO project_hours (project_id, hour, level, environment, events)
                VALUES (:project, '2026-11-18 10:00Z', 'error', 'staging', 3),
                       (:project, '2026-11-18 10:00Z', 'warning', '', 2 + :issue - :issue)
                """, """
                INSERT INTO project_minutes (project_id, minute, level, environment, events)
                VALUES (:project, '2026-11-18 10:07Z', 'error', 'staging', 3 + :issue - :issue)
                """)) {
            jdbc.sql(sql).params(Map.of("project", project, "issue", issue)).update();
        }
    }

    /** A release that was brought to an environment; its id. */
    public long deployment(long project) {
        return jdbc.sql("""
                        WITH made AS (
                            INSERT INTO releases (project_id, version, sort_key, created_at)
                            VALUES (:project, 'shop@1.4.2', '', now()) RETURNING id)
                        INSERT INTO deployments (project_id, release_id, environment, deployed_at, created_by)
                        SELECT :project, id, 'staging', now(), 'ann@example.com' FROM made
                        RETURNING release_id
                        """).param("project", project).query(Long.class).single();
    }

    public void partitions(Instant at) {
        jdbc.sql("SELECT ensure_day_partitions(:day)")
                .param("day", at.atOffset(ZoneOffset.UTC).toLocalDate())
                .query((_, _) -> "")
                .list();
    }

    public static String json(Object value) {
        return JsonMapper.shared().writeValueAsString(value);
    }

    /** A regroup of two issues that become one, and one that becomes two. */
    public long regroup(long project, long issue, String state) {
        long id = jdbc.sql("""
                        INSERT INTO regroups (project_id, from_at, until_at, strategy, fingerprint_rules, stacktrace_rules,
                                              former_fingerprint_rules, former_stacktrace_rules, state, phase, total, events,
                                              issues_before, issues_after, merged, split, job_id, created_at, created_by, applied_at)
                        VALUES (:project, now() - interval '14 days', now(), 'resentry:test', '', '', '', '', :state, 'read', 9, 9, 3, 3,
                                1, 1, 0, now(), 'ann@example.com', CASE WHEN :state = 'applied' THEN now() END)
                        RETURNING id
                        """)
                .param("project", project)
                .param("state", state)
                .query(Long.class)
                .single();
        jdbc.sql("""
                        INSERT INTO regroup_changes (regroup_id, kind, rank, issue_id, title, events, parts, parts_total)
                        SELECT :id, kind, 1, CASE kind WHEN 'merge' THEN :issue END, 'T', 6,
                               jsonb_build_array(
                                   jsonb_build_object('issue_id', :issue, 'title', 'T', 'culprit', 'app.main', 'events', 4,
                                                      'latest_event_id', repeat('a', 32)),
                                   jsonb_build_object('issue_id', NULL, 'title', 'U', 'culprit', NULL, 'events', 2,
                                                      'latest_event_id', repeat('b', 32))), 2
                        FROM unnest(ARRAY ['merge', 'split']) AS kind
                        """).param("id", id).param("issue", issue).update();
        return id;
    }
}
