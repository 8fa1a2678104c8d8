package dev.resentry.storage.uptime;

import dev.resentry.storage.VisibleProjects;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps the checks that people make. Each method joins the caller's transaction. */
public final class UptimeStore {
    /** How many a project may have. */
    public static final int MOST = 100;

    private static final String SELECT = """
            SELECT c.id, c.project_id, p.slug, %s, c.created_at, c.state, c.since, c.failures, c.next_at, %s
            FROM uptime_checks c JOIN projects p ON p.id = c.project_id
            """.formatted(UptimeRows.SETTINGS, UptimeRows.LAST);

    private static final String ADD = """
            INSERT INTO uptime_checks (project_id, name, url, method, interval_minutes, timeout_seconds, expected_status, expected_text,
                                       environment, failures_needed, enabled, created_at, next_at, since)
            VALUES (:project, :name, :url, :method, :interval, :timeout, :expected_status, :expected_text,
                    :environment, :failures, :enabled, :now, :now, :now)
            RETURNING id
            """;

    /** What is asked otherwise is checked at once, and a check that is being made does not count for it. */
    private static final String REPLACE = """
            UPDATE uptime_checks
            SET name = :name, url = :url, method = :method, interval_minutes = :interval, timeout_seconds = :timeout,
                expected_status = :expected_status, expected_text = :expected_text, environment = :environment,
                failures_needed = :failures, enabled = :enabled, next_at = :now, lease_owner = NULL, leased_until = NULL,
                state = CASE WHEN :otherwise THEN 'unknown' ELSE state END,
                since = CASE WHEN :otherwise THEN :now ELSE since END,
                failures = CASE WHEN :otherwise THEN 0 ELSE uptime_checks.failures END,
                failing_since = CASE WHEN :otherwise THEN NULL ELSE failing_since END
            WHERE id = :id
            """;

    private final JdbcClient jdbc;

    public UptimeStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The checks of projects, by name. */
    public List<StoredUptimeCheck> list(VisibleProjects visible) {
        return jdbc.sql(SELECT + "WHERE p.status <> 'deleting'" + visible.and("c.project_id")
                        + " ORDER BY lower(c.name), c.id")
                .param("visible", visible.parameter())
                .query((row, _) -> UptimeRows.check(row))
                .list();
    }

    public Optional<StoredUptimeCheck> find(long id) {
        return jdbc.sql(SELECT + "WHERE c.id = :id")
                .param("id", id)
                .query((row, _) -> UptimeRows.check(row))
                .optional();
    }

    /** Locks the project, so that two who add at once do not add too many. Empty if it has {@link #MOST} already. */
    public Optional<Long> add(long project, UptimeCheckSettings settings, Instant now) {
        jdbc.sql("SELECT id FROM projects WHERE id = :project FOR NO KEY UPDATE")
                .param("project", project)
                .query(Long.class)
                .single();
        long count = jdbc.sql("SELECT count(*) FROM uptime_checks WHERE project_id = :project")
                .param("project", project)
                .query(Long.class)
                .single();
        return count >= MOST
                ? Optional.empty()
                : Optional.of(said(jdbc.sql(ADD), settings, now)
                        .param("project", project)
                        .query(Long.class)
                        .single());
    }

    /** Replaces what is said of a check; what it found under another URL is not known of this one. */
    public void replace(StoredUptimeCheck before, UptimeCheckSettings settings, Instant now) {
        said(jdbc.sql(REPLACE), settings, now)
                .param("id", before.id())
                .param("otherwise", settings.asksOtherwiseThan(before.settings()))
                .update();
    }

    /** Removes a check with its results. */
    public void remove(long id) {
        jdbc.sql("DELETE FROM uptime_checks WHERE id = :id").param("id", id).update();
    }

    /** Has a check made next. */
    public void runNow(long id, Instant now) {
        jdbc.sql("UPDATE uptime_checks SET next_at = :now WHERE id = :id AND next_at > :now")
                .param("id", id)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    private static JdbcClient.StatementSpec said(
            JdbcClient.StatementSpec statement, UptimeCheckSettings settings, Instant now) {
        return statement
                .param("name", settings.name())
                .param("url", settings.url())
                .param("method", settings.method())
                .param("interval", settings.intervalMinutes())
                .param("timeout", settings.timeoutSeconds())
                .param("expected_status", settings.expectedStatus().toString())
                .param("expected_text", settings.expectedText())
                .param("environment", settings.environment())
                .param("failures", settings.failures())
                .param("enabled", settings.enabled())
                .param("now", now.atOffset(ZoneOffset.UTC));
    }
}
