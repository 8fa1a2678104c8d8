package dev.resentry.storage.webhook;

import dev.resentry.storage.Page;
import dev.resentry.storage.VisibleProjects;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Other trackers that send alerts here, and what came of them. Changes join the caller's transaction. */
public final class AlertSourceStore {
    /** How many sources there are at most. */
    public static final int MOST = 50;

    private static final String SELECT = """
            SELECT s.id, s.name, s.project_id, s.secret, s.created_by, s.created_at, r.received_at AS last_received_at
            FROM alert_sources s
            LEFT JOIN LATERAL (SELECT received_at FROM received_alerts
                               WHERE source_id = s.id ORDER BY id DESC LIMIT 1) r ON true
            """;

    private static final String ADD = """
            INSERT INTO alert_sources (name, project_id, secret, created_by, created_at)
            SELECT :name, :project::bigint, :secret, :by, now() WHERE (SELECT count(*) FROM alert_sources) < :most
            RETURNING id
            """;

    private static final String KEEP = """
            INSERT INTO received_alerts (source_id, request_id, received_at, resource, action, title, url, body)
            SELECT id, :request, now(), :resource, :action, :title, :url::text, :body::json FROM alert_sources WHERE id = :source
            ON CONFLICT (source_id, request_id) DO NOTHING
            RETURNING id
            """;

    private static final String RECEIVED = """
            SELECT r.id, r.source_id, s.name AS source, s.project_id, r.request_id, r.received_at, r.resource, r.action, r.title, r.url
            FROM received_alerts r JOIN alert_sources s ON s.id = r.source_id
            WHERE r.id < :before AND (:source::bigint IS NULL OR r.source_id = :source::bigint)
              AND (:project::bigint IS NULL OR s.project_id = :project::bigint) {visible}
            ORDER BY r.id DESC
            LIMIT :limit
            """;

    private final JdbcClient jdbc;

    public AlertSourceStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What a source sent. */
    public record NewAlert(
            String requestId,
            String resource,
            String action,
            String title,
            @Nullable String url,
            String body) {}

    /** Which alerts; null takes all. */
    public record Filter(@Nullable Long sourceId, @Nullable Long projectId) {}

    /** Adds a source; empty if there are {@link #MOST} already. */
    public Optional<Long> add(String name, @Nullable Long projectId, String secret, String by) {
        return jdbc.sql(ADD)
                .param("name", name)
                .param("project", projectId)
                .param("secret", secret)
                .param("by", by)
                .param("most", MOST)
                .query(Long.class)
                .optional();
    }

    /** Removes a source with what came of it. */
    public void remove(long id) {
        jdbc.sql("DELETE FROM alert_sources WHERE id = :id").param("id", id).update();
    }

    public Optional<AlertSource> find(long id) {
        return jdbc.sql(SELECT + "WHERE s.id = :id")
                .param("id", id)
                .query((row, _) -> source(row))
                .optional();
    }

    /** Those of projects; those of all projects only for who sees all. */
    public List<AlertSource> list(VisibleProjects visible) {
        return jdbc.sql(visible.in(SELECT + "WHERE true {visible} ORDER BY s.id", "s.project_id"))
                .param("visible", visible.parameter())
                .query((row, _) -> source(row))
                .list();
    }

    /** Keeps what a source sent; false if it was there already. */
    public boolean keep(long sourceId, NewAlert alert) {
        return jdbc.sql(KEEP)
                .param("source", sourceId)
                .param("request", alert.requestId())
                .param("resource", alert.resource())
                .param("action", alert.action())
                .param("title", alert.title())
                .param("url", alert.url())
                .param("body", alert.body())
                .query(Long.class)
                .optional()
                .isPresent();
    }

    /** What came, the last first. */
    public Page<ReceivedAlert> received(Filter filter, VisibleProjects visible, long before, int limit) {
        return Page.ofOneMore(
                jdbc.sql(visible.in(RECEIVED, "s.project_id"))
                        .param("before", before)
                        .param("source", filter.sourceId())
                        .param("project", filter.projectId())
                        .param("visible", visible.parameter())
                        .param("limit", limit + 1)
                        .query((row, _) -> new ReceivedAlert(
                                row.getLong("id"),
                                row.getLong("source_id"),
                                row.getString("source"),
                                row.getObject("project_id", Long.class),
                                row.getString("request_id"),
                                at(row, "received_at"),
                                row.getString("resource"),
                                row.getString("action"),
                                row.getString("title"),
                                row.getString("url")))
                        .list(),
                limit);
    }

    private static AlertSource source(ResultSet row) throws SQLException {
        OffsetDateTime last = row.getObject("last_received_at", OffsetDateTime.class);
        return new AlertSource(
                row.getLong("id"),
                row.getString("name"),
                row.getObject("project_id", Long.class),
                row.getString("secret"),
                row.getString("created_by"),
                at(row, "created_at"),
                last == null ? null : last.toInstant());
    }

    private static Instant at(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
