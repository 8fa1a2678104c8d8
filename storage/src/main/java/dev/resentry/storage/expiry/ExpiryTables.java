package dev.resentry.storage.expiry;

import dev.resentry.model.alert.AlertRule;
import dev.resentry.model.session.SessionTime;
import dev.resentry.storage.retention.DataKind;
import dev.resentry.storage.retention.Retention;
import dev.resentry.storage.rollup.Resolution;
import dev.resentry.storage.session.SessionResolution;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tables without partitions whose rows expire by their age alone. Rows are deleted by their place, so that no plan, however many
 * rows it expects, joins what was found with the whole table. A row that another transaction changes meanwhile is left to the next run.
 */
final class ExpiryTables {
    /** Far above the time within which a gateway sends a record of topic {@code outcomes} again. */
    private static final Duration OUTCOME_RECORDS_KEPT = Duration.ofDays(7);

    private static final Duration TOPIC_MINUTES_KEPT = Duration.ofDays(2);

    /** Outlive their events, whatever kind these are of, as a retry has to find them. */
    private static final String EVENT_IDENTITIES = """
            DELETE FROM event_identities WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM event_identities WHERE received_at < :before ORDER BY received_at LIMIT :rows))
            """;

    private static final String DEAD_LETTERS = """
            DELETE FROM dead_letters WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM dead_letters WHERE at < :before ORDER BY at LIMIT :rows))
            """;

    /** The last one from before stays: it says where a partition ended that has not grown since. */
    private static final String TOPIC_ENDS = """
            DELETE FROM topic_ends WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM topic_ends e
                WHERE at < :before AND EXISTS (
                    SELECT FROM topic_ends later
                    WHERE later.topic_id = e.topic_id AND later.partition = e.partition AND later.at > e.at AND later.at <= :before)
                ORDER BY at LIMIT :rows))
            """;

    private static final String TOPIC_MINUTES = """
            DELETE FROM topic_minutes WHERE (topic_id, partition, at) IN (
                SELECT topic_id, partition, at FROM topic_minutes WHERE at < :before ORDER BY at LIMIT :rows)
            """;

    private static final String OUTCOME_RECORDS = """
            DELETE FROM outcome_records WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM outcome_records WHERE at < :before ORDER BY at LIMIT :rows))
            """;

    /** By issue, as the key of the table begins with it. */
    private static final String ISSUE_HOURS = """
            DELETE FROM issue_hours WHERE ctid = ANY (ARRAY(
                SELECT h.ctid
                FROM (SELECT id FROM issues WHERE first_seen < :before) AS i
                CROSS JOIN LATERAL (
                    SELECT ctid FROM issue_hours WHERE issue_id = i.id AND hour < :before ORDER BY hour LIMIT :rows) AS h
                LIMIT :rows))
            """;

    /** Of a release of which every event has expired. */
    private static final String ISSUE_RELEASES = """
            DELETE FROM issue_releases WHERE ctid = ANY (ARRAY(
                SELECT r.ctid
                FROM (SELECT id FROM issues WHERE first_seen < :before) AS i
                CROSS JOIN LATERAL (
                    SELECT ctid FROM issue_releases WHERE issue_id = i.id AND last_seen < :before LIMIT :rows) AS r
                LIMIT :rows))
            """;

    private static final String PROJECT_HOURS = """
            DELETE FROM project_hours WHERE ctid = ANY (ARRAY(
                SELECT h.ctid
                FROM projects p
                CROSS JOIN LATERAL (
                    SELECT ctid FROM project_hours WHERE project_id = p.id AND hour < :before ORDER BY hour LIMIT :rows) AS h
                LIMIT :rows))
            """;

    private static final String ISSUE_DAYS = """
            DELETE FROM issue_days WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM issue_days WHERE day < (:before AT TIME ZONE 'UTC')::date ORDER BY day LIMIT :rows))
            """;

    private static final String RELEASE_HOURS = """
            DELETE FROM release_hours WHERE ctid = ANY (ARRAY(
                SELECT h.ctid
                FROM projects p
                CROSS JOIN LATERAL (
                    SELECT ctid FROM release_hours WHERE project_id = p.id AND hour < :before ORDER BY hour LIMIT :rows) AS h
                LIMIT :rows))
            """;

    /** Of a table of sessions or transactions, by project, as its indexes begin with it. */
    private static final String OF_SESSIONS = """
            DELETE FROM %1$s WHERE ctid = ANY (ARRAY(
                SELECT s.ctid
                FROM projects p
                CROSS JOIN LATERAL (
                    SELECT ctid FROM %1$s WHERE project_id = p.id AND %2$s < :before ORDER BY %2$s LIMIT :rows) AS s
                LIMIT :rows))
            """;

    private static final String ERRORED_SESSIONS = """
            DELETE FROM errored_sessions WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM errored_sessions WHERE noted_at < :before ORDER BY noted_at LIMIT :rows))
            """;

    /** Of what arrived before their deletion, nothing is taken any more. */
    private static final String DELETED_PERSONS = """
            DELETE FROM deleted_persons WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM deleted_persons WHERE deleted_at < :before ORDER BY deleted_at LIMIT :rows))
            """;

    /** Before the blobs, which they refer to. One that is renewed meanwhile stays. */
    private static final String UPLOAD_CHUNKS = """
            DELETE FROM upload_chunks WHERE uploaded_at < :before AND ctid = ANY (ARRAY(
                SELECT ctid FROM upload_chunks WHERE uploaded_at < :before ORDER BY uploaded_at LIMIT :rows))
            """;

    private static final String ARTIFACT_ASSEMBLIES = """
            DELETE FROM artifact_assemblies WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM artifact_assemblies WHERE created_at < :before ORDER BY created_at LIMIT :rows))
            """;

    private static final String MISSING_SOURCE_MAPS = """
            DELETE FROM missing_source_maps WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM missing_source_maps WHERE last_seen < :before ORDER BY last_seen LIMIT :rows))
            """;

    /** What was changed then had come before. */
    private static final String FEEDBACK_STATES = """
            DELETE FROM feedback_states WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM feedback_states WHERE changed_at < :before ORDER BY changed_at LIMIT :rows))
            """;

    private static final String DELIVERIES = """
            DELETE FROM deliveries WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM deliveries WHERE created_at < :before ORDER BY created_at LIMIT :rows))
            """;

    private static final String DELIVERY_TARGETS = """
            DELETE FROM delivery_targets WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM delivery_targets WHERE used_at < :before ORDER BY used_at LIMIT :rows))
            """;

    private static final String RECEIVED_ALERTS = """
            DELETE FROM received_alerts WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM received_alerts WHERE received_at < :before ORDER BY received_at LIMIT :rows))
            """;

    /** Of a table of checks, by check, as its key begins with it. */
    private static final String OF_CHECKS = """
            DELETE FROM %1$s WHERE ctid = ANY (ARRAY(
                SELECT r.ctid
                FROM uptime_checks c
                CROSS JOIN LATERAL (
                    SELECT ctid FROM %1$s WHERE check_id = c.id AND %2$s < :before ORDER BY %2$s LIMIT :rows) AS r
                LIMIT :rows))
            """;

    private static final Duration UPTIME_RESULTS_KEPT = Duration.ofDays(7);
    private static final Duration UPTIME_HOURS_KEPT = Duration.ofDays(90);

    /** The newest of an environment stays: from it follows how that fares, and when it is due. */
    private static final String CHECK_INS = """
            DELETE FROM check_ins WHERE ctid = ANY (ARRAY(
                SELECT c.ctid FROM check_ins c
                WHERE c.at < :before AND c.id <> (
                    SELECT n.id FROM check_ins n WHERE n.environment_id = c.environment_id ORDER BY n.at DESC, n.id DESC LIMIT 1)
                ORDER BY c.at LIMIT :rows))
            """;

    /** They hold what events said, and whom that was told. */
    private static final Duration DELIVERIES_KEPT = Duration.ofDays(30);

    private static final Duration RECEIVED_ALERTS_KEPT = Duration.ofDays(90);

    private static final String ALERT_FIRINGS = """
            DELETE FROM alert_firings WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM alert_firings WHERE fired_at < :before ORDER BY fired_at LIMIT :rows))
            """;

    private static final Duration ALERT_FIRINGS_KEPT = Duration.ofDays(90);

    private static final String ALERT_COOLDOWNS = """
            DELETE FROM alert_cooldowns WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM alert_cooldowns WHERE last_fired_at < :before ORDER BY last_fired_at LIMIT :rows))
            """;

    private static final String ALERT_SNOOZES = """
            DELETE FROM alert_snoozes WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM alert_snoozes WHERE until < :before ORDER BY until LIMIT :rows))
            """;

    /** An open one stays until it ends. */
    private static final String SPIKES = """
            DELETE FROM spikes WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM spikes WHERE started_at < :before AND ended_at IS NOT NULL ORDER BY started_at LIMIT :rows))
            """;

    private static final Duration UPLOADS_KEPT = Duration.ofDays(1);

    /** As long a regroup can be undone. */
    private static final Duration REGROUPS_KEPT = Duration.ofDays(30);

    /** One whose job is not done stays. */
    private static final String EXPIRED_REGROUPS = """
            SELECT id FROM regroups WHERE created_at < :before AND state NOT IN ('previewing', 'applying', 'undoing')
            """;

    private static final String OF_REGROUPS = """
            DELETE FROM %1$s WHERE ctid = ANY (ARRAY(
                SELECT t.ctid FROM %1$s t WHERE t.regroup_id IN (%2$s) LIMIT :rows))
            """;

    /** Goes behind what is most of it; the rest goes with it. */
    private static final String REGROUPS = """
            DELETE FROM regroups WHERE ctid = ANY (ARRAY(
                SELECT r.ctid FROM regroups r WHERE r.id IN (%s) ORDER BY r.created_at LIMIT :rows))
            """.formatted(EXPIRED_REGROUPS);

    private ExpiryTables() {}

    static List<ExpiryStep> steps(JdbcClient jdbc, Retention retention) {
        UnaryOperator<Instant> any = retention::anyKeptFrom;
        UnaryOperator<Instant> events = now -> retention.keptFrom(DataKind.EVENTS, now);
        UnaryOperator<Instant> envelopes = now -> retention.keptFrom(DataKind.ENVELOPES, now);
        UnaryOperator<Instant> regroups = now -> now.minus(REGROUPS_KEPT);
        return List.of(
                new ExpiredRows(
                        jdbc,
                        "regrouped_events",
                        OF_REGROUPS.formatted("regrouped_events", EXPIRED_REGROUPS),
                        regroups),
                new ExpiredRows(
                        jdbc, "regroup_groups", OF_REGROUPS.formatted("regroup_groups", EXPIRED_REGROUPS), regroups),
                new ExpiredRows(jdbc, "regroups", REGROUPS, regroups),
                new ExpiredRows(jdbc, "event_identities", EVENT_IDENTITIES, any),
                new ExpiredRows(jdbc, "dead_letters", DEAD_LETTERS, envelopes),
                new ExpiredRows(jdbc, "topic_ends", TOPIC_ENDS, any),
                new ExpiredRows(jdbc, "topic_minutes", TOPIC_MINUTES, now -> now.minus(TOPIC_MINUTES_KEPT)),
                new ExpiredRows(jdbc, "outcome_records", OUTCOME_RECORDS, now -> now.minus(OUTCOME_RECORDS_KEPT)),
                new ExpiredRows(jdbc, "issue_hours", ISSUE_HOURS, events),
                new ExpiredRows(jdbc, "issue_releases", ISSUE_RELEASES, events),
                new ExpiredRows(jdbc, "issue_days", ISSUE_DAYS, events),
                new ExpiredRows(jdbc, "project_hours", PROJECT_HOURS, events),
                new ExpiredRows(jdbc, "release_hours", RELEASE_HOURS, events),
                new ExpiredRows(
                        jdbc,
                        "session_minutes",
                        OF_SESSIONS.formatted("session_minutes", "minute"),
                        SessionResolution.MINUTE::keptFrom),
                new ExpiredRows(jdbc, "session_hours", OF_SESSIONS.formatted("session_hours", "hour"), events),
                new ExpiredRows(jdbc, "session_users", OF_SESSIONS.formatted("session_users", "hour"), events),
                new ExpiredRows(
                        jdbc,
                        "transaction_minutes",
                        OF_SESSIONS.formatted("transaction_minutes", "minute"),
                        now -> now.minus(Resolution.MINUTES_KEPT)),
                new ExpiredRows(
                        jdbc,
                        "transaction_hours",
                        OF_SESSIONS.formatted("transaction_hours", "hour"),
                        now -> retention.keptFrom(DataKind.TRANSACTIONS, now)),
                new ExpiredRows(jdbc, "errored_sessions", ERRORED_SESSIONS, now -> now.minus(SessionTime.KNOWN_FOR)),
                new ExpiredRows(jdbc, "deleted_persons", DELETED_PERSONS, any),
                new ExpiredRows(jdbc, "missing_source_maps", MISSING_SOURCE_MAPS, events),
                new ExpiredRows(jdbc, "feedback_states", FEEDBACK_STATES, events),
                new ExpiredRows(jdbc, "deliveries", DELIVERIES, now -> now.minus(DELIVERIES_KEPT)),
                new ExpiredRows(jdbc, "delivery_targets", DELIVERY_TARGETS, now -> now.minus(DELIVERIES_KEPT)),
                new ExpiredRows(jdbc, "received_alerts", RECEIVED_ALERTS, now -> now.minus(RECEIVED_ALERTS_KEPT)),
                new ExpiredRows(jdbc, "alert_firings", ALERT_FIRINGS, now -> now.minus(ALERT_FIRINGS_KEPT)),
                new ExpiredRows(jdbc, "alert_cooldowns", ALERT_COOLDOWNS, now -> now.minus(AlertRule.MAX_INTERVAL)),
                new ExpiredRows(jdbc, "alert_snoozes", ALERT_SNOOZES, now -> now),
                new ExpiredRows(jdbc, "spikes", SPIKES, events),
                new ExpiredRows(
                        jdbc,
                        "uptime_results",
                        OF_CHECKS.formatted("uptime_results", "at"),
                        now -> now.minus(UPTIME_RESULTS_KEPT)),
                new ExpiredRows(
                        jdbc,
                        "uptime_hours",
                        OF_CHECKS.formatted("uptime_hours", "hour"),
                        now -> now.minus(UPTIME_HOURS_KEPT)),
                new ExpiredRows(jdbc, "check_ins", CHECK_INS, events),
                new ExpiredRows(jdbc, "upload_chunks", UPLOAD_CHUNKS, now -> now.minus(UPLOADS_KEPT)),
                new ExpiredRows(jdbc, "artifact_assemblies", ARTIFACT_ASSEMBLIES, now -> now.minus(UPLOADS_KEPT)));
    }
}
