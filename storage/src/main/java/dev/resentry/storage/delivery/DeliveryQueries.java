package dev.resentry.storage.delivery;

import dev.resentry.model.alert.TargetType;
import dev.resentry.storage.Page;
import dev.resentry.storage.VisibleProjects;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what was and is to be sent. */
public final class DeliveryQueries {
    private static final String SELECT = """
            SELECT d.id, d.created_at, d.kind, d.target_type, d.target, d.target_key, d.project_id, p.slug, d.rule_id, f.rule_name,
                   d.issue_id, i.title, d.firing_id, d.webhook_id, d.content ->> 'subject' AS subject, d.state, d.attempts,
                   CASE d.state WHEN 'waiting' THEN d.next_attempt_at END AS next_attempt_at, d.attempted_at, d.finished_at,
                   d.last_status, d.last_answer, d.last_error, %s AS request
            FROM %s AS d
            LEFT JOIN projects p ON p.id = d.project_id
            LEFT JOIN issues i ON i.id = d.issue_id
            LEFT JOIN alert_firings f ON f.id = d.firing_id
            """;

    private static final String FIND = SELECT.formatted("d.request", "deliveries") + "WHERE d.id = :id";

    private final JdbcClient jdbc;

    public DeliveryQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Deliveries with a smaller id than {@code before}, the newest first. */
    public Page<StoredDelivery> list(DeliveryFilter filter, VisibleProjects visible, long before, int limit) {
        // Each condition stands there only if it is asked for, so that the plan has the index for it.
        var page = new StringBuilder("(SELECT * FROM deliveries WHERE id < :before");
        append(page, " AND project_id IS NOT NULL", filter.ofProjects() ? true : null);
        append(page, " AND project_id = :project", filter.projectId());
        append(
                page,
                " AND state = '%s'"
                        .formatted(filter.state() == null ? "" : filter.state().wireName()),
                filter.state());
        append(page, " AND rule_id = :rule", filter.ruleId());
        append(page, " AND issue_id = :issue", filter.issueId());
        append(page, " AND webhook_id = :webhook", filter.webhookId());
        page.append(visible.and("project_id")).append(" ORDER BY id DESC LIMIT :limit)");
        return Page.ofOneMore(
                jdbc.sql(SELECT.formatted("NULL", page) + "ORDER BY d.id DESC")
                        .param("before", before)
                        .param("project", filter.projectId())
                        .param("rule", filter.ruleId())
                        .param("issue", filter.issueId())
                        .param("webhook", filter.webhookId())
                        .param("visible", visible.parameter())
                        .param("limit", limit + 1)
                        .query((row, _) -> delivery(row))
                        .list(),
                limit);
    }

    private static void append(StringBuilder sql, String condition, @Nullable Object value) {
        if (value != null) {
            sql.append(condition);
        }
    }

    /** A delivery with what was sent. */
    public Optional<StoredDelivery> find(long id, VisibleProjects visible) {
        return jdbc.sql(FIND)
                .param("id", id)
                .query((row, _) -> delivery(row))
                .optional()
                .filter(delivery -> visible.contains(delivery.projectId()));
    }

    private static StoredDelivery delivery(ResultSet row) throws SQLException {
        String subject = row.getString("subject");
        int status = row.getInt("last_status");
        Integer lastStatus = row.wasNull() ? null : status;
        return new StoredDelivery(
                row.getLong("id"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                DeliveryKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                TargetType.valueOf(row.getString("target_type").toUpperCase(Locale.ROOT)),
                row.getString("target"),
                HexFormat.of().formatHex(row.getBytes("target_key")),
                number(row, "project_id"),
                row.getString("slug"),
                number(row, "rule_id"),
                row.getString("rule_name"),
                number(row, "issue_id"),
                row.getString("title"),
                number(row, "firing_id"),
                number(row, "webhook_id"),
                subject == null ? "" : subject,
                DeliveryState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getInt("attempts"),
                time(row, "next_attempt_at"),
                time(row, "attempted_at"),
                time(row, "finished_at"),
                lastStatus,
                row.getString("last_answer"),
                row.getString("last_error"),
                row.getString("request"));
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
