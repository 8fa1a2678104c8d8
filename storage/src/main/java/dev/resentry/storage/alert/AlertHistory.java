package dev.resentry.storage.alert;

import dev.resentry.storage.DatedPosition;
import dev.resentry.storage.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** When rules fired, and why. */
public final class AlertHistory {
    /** Firings are old after the longest interval, whatever the rule's own. */
    private static final String NOW = """
            AND f.fired_at > now() - interval '30 days'
            AND EXISTS (SELECT FROM alert_rules r WHERE r.id = f.rule_id AND r.enabled
                        AND f.fired_at > now() - (r.definition->>'interval_minutes')::integer * interval '1 minute')
            AND (f.issue_id = 0 OR (SELECT i.status FROM issues i WHERE i.id = f.issue_id) = 'unresolved')
            """;

    private static final String PER_DAY = """
            SELECT rule_id, (fired_at AT TIME ZONE 'UTC')::date AS day, count(*) AS firings
            FROM alert_firings
            WHERE rule_id = ANY (:rules) AND fired_at >= :from
            GROUP BY 1, 2
            """;

    private static final String LAST_FAILURES = """
            SELECT r.id, d.last_status, d.last_error, d.last_answer
            FROM unnest(:rules::bigint[]) AS r(id)
            CROSS JOIN LATERAL (
                SELECT state, last_status, last_error, last_answer FROM deliveries
                WHERE rule_id = r.id AND (state <> 'waiting' OR attempts > 0)
                ORDER BY id DESC LIMIT 1) AS d
            WHERE d.state <> 'delivered'
            """;

    private final JdbcClient jdbc;

    public AlertHistory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A page of firings, the newest first. */
    public Page<StoredFiring> list(FiringFilter filter, DatedPosition behind, int limit) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        var sql = new StringBuilder("""
                SELECT f.id, f.project_id, p.slug, f.rule_id, f.rule_name, f.issue_id, f.title, f.event_id, f.fired_at, f.reason,
                       f.observed::text AS observed, f.summarised
                FROM alert_firings f JOIN projects p ON p.id = f.project_id
                WHERE (f.fired_at, f.id) < (:at, :id)
                """);
        parameters.put("at", behind.at().atOffset(ZoneOffset.UTC));
        parameters.put("id", behind.id());
        sql.append(filter.projects().and("f.project_id"));
        parameters.put("visible", filter.projects().parameter());
        if (filter.ruleId() != null) {
            sql.append("AND f.rule_id = :rule\n");
            parameters.put("rule", filter.ruleId());
        }
        if (filter.issueId() != null) {
            sql.append("AND f.issue_id = :issue\n");
            parameters.put("issue", filter.issueId());
        }
        if (filter.now()) {
            sql.append(NOW);
        }
        sql.append("ORDER BY f.fired_at DESC, f.id DESC LIMIT :limit");
        parameters.put("limit", limit + 1);
        return Page.ofOneMore(
                jdbc.sql(sql.toString())
                        .params(parameters)
                        .query((row, _) -> read(row))
                        .list(),
                limit);
    }

    /** How often some rules fired on each day (UTC) from one on, by the id of the rule; days without are missing. */
    public Map<Long, Map<LocalDate, Long>> perDay(Collection<Long> ruleIds, LocalDate from) {
        Map<Long, Map<LocalDate, Long>> counts = new HashMap<>();
        jdbc.sql(PER_DAY)
                .param("rules", ruleIds.toArray(Long[]::new))
                .param("from", from.atStartOfDay().atOffset(ZoneOffset.UTC))
                .query(row -> {
                    counts.computeIfAbsent(row.getLong("rule_id"), _ -> new HashMap<>())
                            .put(row.getObject("day", LocalDate.class), row.getLong("firings"));
                });
        return counts;
    }

    /** Why the last notification of some rules could not be delivered, by the id of the rule; those of which it could are missing. */
    public Map<Long, String> lastFailures(Collection<Long> ruleIds) {
        Map<Long, String> failures = new HashMap<>();
        jdbc.sql(LAST_FAILURES).param("rules", ruleIds.toArray(Long[]::new)).query(row -> {
            String error = row.getString("last_error");
            String answer =
                    Objects.requireNonNullElse(row.getString("last_answer"), "").strip();
            failures.put(
                    row.getLong("id"),
                    error == null
                            ? "%s %s"
                                    .formatted(row.getObject("last_status"), answer)
                                    .strip()
                            : error);
        });
        return failures;
    }

    /** The tests of a rule of late, the last first. */
    public List<AlertTest> tests(long ruleId, int limit) {
        return jdbc.sql("""
                        SELECT id, target_type, state, attempts, last_status, last_answer, last_error FROM deliveries
                        WHERE rule_id = :rule AND kind = 'test'
                        ORDER BY id DESC LIMIT :limit
                        """)
                .param("rule", ruleId)
                .param("limit", limit)
                .query((row, _) -> new AlertTest(
                        row.getLong("id"),
                        row.getString("target_type"),
                        row.getString("state"),
                        row.getInt("attempts"),
                        row.getObject("last_status", Integer.class),
                        row.getString("last_answer"),
                        row.getString("last_error")))
                .list();
    }

    private static StoredFiring read(ResultSet row) throws SQLException {
        return new StoredFiring(
                row.getLong("id"),
                row.getLong("project_id"),
                row.getString("slug"),
                row.getLong("rule_id"),
                row.getString("rule_name"),
                row.getLong("issue_id"),
                row.getString("title"),
                row.getObject("event_id", UUID.class),
                row.getObject("fired_at", OffsetDateTime.class).toInstant(),
                row.getString("reason"),
                row.getString("observed"),
                row.getBoolean("summarised"));
    }
}
