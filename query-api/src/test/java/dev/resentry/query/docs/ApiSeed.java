package dev.resentry.query.docs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.query.RunningApi;
import dev.resentry.query.StoredRows;
import dev.resentry.storage.log.LogId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Something of each kind for the test of the API, with the ids that stand for {@code {id}} behind each segment of paths. */
final class ApiSeed {
    private static final Instant AT = Instant.parse("2026-11-18T10:07:00Z");

    /** With a user, modules and errors of shapes that few SDKs send: what has no place in an event is left as it came. */
    private static final String EVENT = """
            {"message": "Cart 7", "logentry": {"formatted": "Cart 7"},
             "exception": {"values": [{"type": "IllegalStateException", "value": "Checkout failed",
                           "stacktrace": {"frames": [{"function": "checkout", "filename": "shop/cart.py", "lineno": 7,
                                                     "in_app": true}]}}]},
             "threads": {"values": [{"id": 1, "crashed": true}]}, "breadcrumbs": {"values": [{"category": "http"}]},
             "contexts": {"os": {"name": "Linux"}}, "user": "7", "request": {"url": "https://shop.example.com"},
             "extra": {"cart": 7}, "sdk": {"name": "sentry.java", "version": "8"}, "fingerprint": ["cart"],
             "modules": ["cart"], "debug_meta": {"images": []}, "errors": [{"type": "invalid_data", "name": "user"}]}
            """;

    private ApiSeed() {}

    static Map<String, String> plant(RunningApi api) {
        var rows = new StoredRows(api.database());
        long project = rows.project("contract");
        long issue = rows.issue(project, "IllegalStateException: Checkout failed", AT, "unresolved");
        rows.hash(project, issue);
        rows.rollups(project, issue);
        byte[] body = "{}\n{\"type\":\"event\"}\n{\"a\":1}\n".getBytes(UTF_8);
        UUID envelope = rows.envelope(project, AT, "envelope", null, body);
        UUID event = rows.event(project, issue, envelope, AT, EVENT);
        rows.item(envelope, AT, 0, project, "event", 20, 7, event);
        rows.attachment(project, envelope, AT, 1, event, "{}".getBytes(UTF_8));
        UUID trace = UUID.randomUUID();
        UUID transaction = rows.transaction(project, envelope, AT, trace);
        rows.span(project, envelope, AT, 0, trace, transaction);
        long letter = deadLetter(api, rows, project);
        api.database().sql("""
                        INSERT INTO outcome_totals (project_id, hour, category, outcome, reason, source, items, quantity)
                        VALUES (:project, '2026-11-18 10:00Z', 'error', 'rate_limited', 'hourly', 'gateway', 0, 1)
                        """).param("project", project).update();

        api.database().sql("""
                        INSERT INTO envelope_totals (project_id, hour, fate, reason, envelopes, items)
                        VALUES (:project, date_trunc('hour', now()), 'stored', '', 7, 7)
                        """).param("project", project).update();

        long fired = api.database()
                .sql("""
                        WITH rule AS (
                            INSERT INTO alert_rules (project_id, definition, created_by, created_at, updated_at)
                            VALUES (:project, '{"name": "Fired", "conditions": [{"type": "unignored"}]}', 'ops@example.com', now(), now())
                            RETURNING id)
                        INSERT INTO alert_firings (project_id, rule_id, rule_name, issue_id, title, event_id, fired_at, reason, observed)
                        SELECT :project, id, 'Fired', :issue, 'Checkout failed', :event, now(), 'an event came', '{"count": 11}' FROM rule
                        RETURNING rule_id
                        """)
                .param("project", project)
                .param("issue", issue)
                .param("event", event)
                .query(Long.class)
                .single();

        api.database().sql("""
                        INSERT INTO spikes (project_id, issue_id, started_at, noted_at, last_at, peak, usual, threshold, short_history,
                                            cause_issue, cause_issue_events, cause_issue_usual, cause_release, cause_release_events,
                                            cause_release_usual)
                        VALUES (:project, 0, now(), now(), now(), 90, 10, 30, false, :issue, 80, 2, 'contract@1.0.0', 85, 0)
                        """).param("project", project).param("issue", issue).update();
        Map<String, String> ids = new LinkedHashMap<>();
        ids.put("fired-rule", String.valueOf(fired));
        ids.put("projects", String.valueOf(project));
        ids.put("issues", String.valueOf(issue));
        UUID feedback = rows.feedback(project, AT, event, "The cart is empty");
        rows.attachment(project, envelope, AT, 2, feedback, "{}".getBytes(UTF_8));
        ids.put("feedback", StoredRows.hex(feedback));
        ids.put("uptime-checks", uptimeCheck(api, project));
        ids.put("monitors", monitor(api, project));
        ids.put("environments", "production");
        ids.put("dataset", "events");
        ids.put("field", "count()");
        ids.put("y", "count()");
        ids.put("releases", String.valueOf(rows.deployment(project)));
        api.database().sql("""
                        INSERT INTO session_hours
                        VALUES (:project, 'contract@1.0.0', 'production', date_trunc('hour', now()), 10, 2, 0, 0, 1, 1, 1500)
                        """).param("project", project).update();
        api.database().sql("""
                        INSERT INTO project_hours (project_id, hour, level, environment, events)
                        VALUES (:project, date_trunc('hour', now()) - interval '3 days', 'error', 'production', 100)
                        """).param("project", project).update();
        long joined = rows.user("joined@example.com", "viewer");
        ids.put("joined", String.valueOf(joined));
        api.database().sql("""
                        INSERT INTO user_identities (issuer, subject, user_id, created_at)
                        SELECT 'https://accounts.example.com', email, id, now() FROM users WHERE id = :joined OR email = 'admin@localhost'
                        """).param("joined", joined).update();
        ids.put("organization", "default");
        ids.put("doomed-issue", String.valueOf(rows.issue(project, "to be deleted", AT, "unresolved")));
        ids.put("merged-issue", String.valueOf(rows.issue(project, "to be merged", AT, "unresolved")));
        UUID other = rows.event(project, issue, envelope, AT.minusSeconds(1), EVENT);
        // Stays where it is when the hash of the other one is taken out.
        api.database()
                .sql("UPDATE events SET message = 'Cart 8' WHERE event_id = :unlike")
                .param("unlike", rows.event(project, issue, envelope, AT.minusSeconds(3), EVENT))
                .update();
        rows.hash(project, issue, event);
        long alike = rows.issue(project, "IllegalStateException: Payment failed", AT, "unresolved");
        rows.event(project, alike, envelope, AT.minusSeconds(2), EVENT);
        long today = rows.issue(project, "of today", AT, "unresolved");
        rows.event(project, today, envelope, Instant.now(), "{\"level\": \"info\"}");
        ids.put("other-hash", rows.hash(project, issue, other));
        ids.put("events", StoredRows.hex(event));
        ids.put("envelopes", envelope.toString());
        ids.put("items", "0");
        ids.put("ledger", envelope.toString());
        ids.put("transactions", StoredRows.hex(transaction));
        rows.log(project, envelope, AT, 0, "warn", "Stock is low", trace, "{\"shelf\": 3}");
        ids.put("logs", new LogId(AT, envelope, 0, 0).toString());
        ids.put("traces", StoredRows.hex(rows.slowCart(project, today)));
        ids.put("deliveries", String.valueOf(delivery(api, project, issue)));
        ids.put("dead-letters", String.valueOf(letter));
        ids.put("letter", String.valueOf(deadLetter(api, rows, project)));
        ids.put("doomed-letter", String.valueOf(deadLetter(api, rows, project)));
        ids.put("dead-envelope", envelopeOf(api, letter));
        ids.put("regroups", String.valueOf(rows.regroup(rows.project("contract-previewed"), issue, "previewed")));
        ids.put("applied-regroup", String.valueOf(rows.regroup(rows.project("contract-regrouped"), issue, "applied")));
        return ids;
    }

    private static String envelopeOf(RunningApi api, long letter) {
        return api.database()
                .sql("SELECT envelope_id::text FROM dead_letters WHERE id = :id")
                .param("id", letter)
                .query(String.class)
                .single();
    }

    /** One that was made once. */
    private static String uptimeCheck(RunningApi api, long project) {
        return api.database()
                .sql("""
                        WITH made AS (
                            INSERT INTO uptime_checks (project_id, name, url, method, interval_minutes, timeout_seconds, expected_status,
                                                       failures_needed, enabled, created_at, next_at, since)
                            VALUES (:project, 'Checked', 'https://shop.invalid/', 'GET', 5, 10, '200-299', 2, true, now(), now(), now())
                            RETURNING id)
                        INSERT INTO uptime_results (check_id, at, ok, status, duration_ms, error, location)
                        SELECT id, now(), false, 503, 42, '503 (expected 200-299)', 'here' FROM made
                        RETURNING check_id
                        """)
                .param("project", project)
                .query(String.class)
                .single();
    }

    /** One that failed once, and had gone well in an environment that is not there any more. */
    private static String monitor(RunningApi api, long project) {
        return api.database()
                .sql("""
                        WITH made AS (
                            INSERT INTO monitors (project_id, slug, name, status, schedule_type, schedule, time_zone, margin_minutes,
                                                  max_runtime_minutes, failure_threshold, recovery_threshold, created_at, scheduled_since)
                            VALUES (:project, 'nightly', 'Nightly', 'active', 'crontab', '0 4 * * *', 'UTC', 5, 30, 1, 1, now(), now())
                            RETURNING id),
                        environment AS (
                            INSERT INTO monitor_environments (monitor_id, environment, created_at, status, last_at, next_at, failures)
                            SELECT id, 'production', now(), 'error', now(), now() + interval '1 day', 1 FROM made
                            RETURNING id, monitor_id)
                        INSERT INTO check_ins (environment_id, id, at, status, expected_at, ended_at, duration_ms, timeout_at, release)
                        SELECT id, gen_random_uuid(), now(), 'error', now(), now(), 1500, now(), 'contract@1.0.0' FROM environment
                        RETURNING (SELECT monitor_id::text FROM environment)
                        """)
                .param("project", project)
                .query(String.class)
                .single();
    }

    private static long deadLetter(RunningApi api, StoredRows rows, long project) {
        UUID envelope = StoredRows.envelopeId(Instant.now());
        rows.deadLetter(project, envelope);
        return api.database()
                .sql("UPDATE dead_letters SET body = '\\x01' WHERE envelope_id = :envelope RETURNING id")
                .param("envelope", envelope)
                .query(Long.class)
                .single();
    }

    /** One that was given up. */
    private static long delivery(RunningApi api, long project, long issue) {
        return api.database()
                .sql("""
                        INSERT INTO deliveries (created_at, kind, target_type, target, target_key, project_id, issue_id, content, state,
                                                expires_at, attempts, next_attempt_at, attempted_at, finished_at, last_status,
                                                last_answer, last_error, request)
                        VALUES (now(), 'alert', 'webhook', 'https://example.com/hook', sha256('webhook https://example.com/hook'),
                                :project, :issue, '{"subject": "It broke"}', 'dead', now(), 8, now(), now(), now(), 500, 'oops',
                                'answered 500', 'POST https://example.com/hook')
                        RETURNING id
                        """)
                .param("project", project)
                .param("issue", issue)
                .query(Long.class)
                .single();
    }
}
