package dev.resentry.storage.alert;

import dev.resentry.storage.VisibleProjects;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps who is not told of what for a while. Its methods join the caller's transaction. */
public final class AlertSnoozes {
    /** How many are listed, those that end last first. */
    public static final int MOST = 1_000;

    private static final String COLUMNS = """
            project_id, rule_id, issue_id, user_id, nullif(until, 'infinity') AS until, created_by, created_at
            """;

    private static final String SET = """
            INSERT INTO alert_snoozes (project_id, rule_id, issue_id, user_id, until, created_by, created_at)
            VALUES (:project, :rule, :issue, :user, coalesce(:until::timestamptz, 'infinity'), :by, now())
            ON CONFLICT (project_id, rule_id, issue_id, user_id) DO UPDATE
            SET until = excluded.until, created_by = excluded.created_by, created_at = excluded.created_at
            RETURNING\s""";

    private final JdbcClient jdbc;

    public AlertSnoozes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Those in force of some projects, those that end last first.
     *
     * @param ruleId only those that concern it; null for all
     * @param issueId likewise
     * @param userId whose own are listed beside those of everybody
     */
    public List<AlertSnooze> list(
            VisibleProjects projects, @Nullable Long ruleId, @Nullable Long issueId, long userId, Instant now) {
        return jdbc.sql(projects.in("SELECT " + COLUMNS + """
                                FROM alert_snoozes
                                WHERE until > :now AND user_id IN (0, :user) {visible}
                                  AND (:rule::bigint IS NULL OR rule_id IN (0, :rule::bigint))
                                  AND (:issue::bigint IS NULL OR issue_id IN (0, :issue::bigint))
                                ORDER BY alert_snoozes.until DESC, project_id, rule_id, issue_id, user_id
                                LIMIT :limit
                                """, "project_id"))
                .param("visible", projects.parameter())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("user", userId)
                .param("rule", ruleId)
                .param("issue", issueId)
                .param("limit", MOST)
                .query((row, _) -> read(row))
                .list();
    }

    /**
     * Begins one, or changes until when it is.
     *
     * @param until null: until somebody ends it
     */
    public AlertSnooze set(AlertSnooze.Key of, @Nullable Instant until, String by) {
        return bind(jdbc.sql(SET + COLUMNS), of)
                .param("until", until == null ? null : until.atOffset(ZoneOffset.UTC))
                .param("by", by)
                .query((row, _) -> read(row))
                .single();
    }

    /** Ends one; empty if there was none. */
    public Optional<AlertSnooze> remove(AlertSnooze.Key of) {
        return bind(jdbc.sql("""
                                DELETE FROM alert_snoozes
                                WHERE project_id = :project AND rule_id = :rule AND issue_id = :issue AND user_id = :user
                                RETURNING\s""" + COLUMNS), of).query((row, _) -> read(row)).optional();
    }

    private static JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement, AlertSnooze.Key of) {
        return statement
                .param("project", of.projectId())
                .param("rule", of.ruleId())
                .param("issue", of.issueId())
                .param("user", of.userId());
    }

    private static AlertSnooze read(ResultSet row) throws SQLException {
        OffsetDateTime until = row.getObject("until", OffsetDateTime.class);
        return new AlertSnooze(
                new AlertSnooze.Key(
                        row.getLong("project_id"),
                        row.getLong("rule_id"),
                        row.getLong("issue_id"),
                        row.getLong("user_id")),
                until == null ? null : until.toInstant(),
                row.getString("created_by"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
