package dev.resentry.storage.transaction;

import dev.resentry.model.event.EventId;
import dev.resentry.storage.Page;
import dev.resentry.storage.Position;
import dev.resentry.storage.VisibleProjects;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads transactions: lists without payloads, a single one whole. */
public final class TransactionQueries {
    private static final String COLUMNS = """
            event_id, project_id, envelope_id, received_at, name, op, status, trace_id, span_id, parent_span_id, started_at,
            duration_ms, platform, release, environment, http_method, http_status, span_count, tags::text
            """;

    /** Their key begins with the project. */
    private static final String IDENTITIES = """
            SELECT k.project_id, k.received_at FROM projects p JOIN event_identities k ON k.project_id = p.id AND k.event_id = :id
            WHERE true {visible} ORDER BY k.received_at DESC
            """;

    private final JdbcClient jdbc;

    public TransactionQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The transactions of a project, those that came last first. */
    public Page<TransactionSummary> ofProject(long projectId, Position behind, int limit) {
        return Page.ofOneMore(
                jdbc.sql("SELECT " + COLUMNS + """
                                FROM transactions
                                WHERE project_id = :project AND received_at <= :at AND (received_at, event_id) < (:at, :id)
                                ORDER BY received_at DESC, event_id DESC
                                LIMIT :limit
                                """)
                        .param("project", projectId)
                        .param("at", behind.at().atOffset(ZoneOffset.UTC))
                        .param("id", behind.id())
                        .param("limit", limit + 1)
                        .query((row, _) -> summary(row))
                        .list(),
                limit);
    }

    /** The transactions of a trace, those that began first; at most {@code limit}. */
    public Page<TransactionSummary> ofTrace(UUID traceId, VisibleProjects visible, int limit) {
        return Page.ofOneMore(
                jdbc.sql("SELECT " + COLUMNS + " FROM transactions WHERE trace_id = :trace" + visible.and("project_id")
                                + " ORDER BY started_at, event_id LIMIT :limit")
                        .param("trace", traceId)
                        .param("visible", visible.parameter())
                        .param("limit", limit + 1)
                        .query((row, _) -> summary(row))
                        .list(),
                limit);
    }

    /** Finds a transaction; if several projects have one of this id, the one that came last. */
    public Optional<StoredTransaction> find(EventId id, VisibleProjects visible) {
        // The identity tells when it came, which leaves one partition to look into.
        return jdbc
                .sql(visible.in(IDENTITIES, "k.project_id"))
                .param("id", id.value())
                .param("visible", visible.parameter())
                .query((row, _) -> new Identity(row.getLong(1), row.getObject(2, OffsetDateTime.class)))
                .list()
                .stream()
                .flatMap(identity -> find(identity, id).stream())
                .findFirst();
    }

    private record Identity(long projectId, OffsetDateTime receivedAt) {}

    private Optional<StoredTransaction> find(Identity identity, EventId id) {
        return jdbc.sql("SELECT " + COLUMNS + """
                        , measurements::text, payload::text
                        FROM transactions WHERE received_at = :at AND project_id = :project AND event_id = :id
                        """)
                .param("at", identity.receivedAt())
                .param("project", identity.projectId())
                .param("id", id.value())
                .query((row, _) ->
                        new StoredTransaction(summary(row), row.getString("measurements"), row.getString("payload")))
                .optional();
    }

    private static TransactionSummary summary(ResultSet row) throws SQLException {
        return new TransactionSummary(
                new EventId(row.getObject("event_id", UUID.class)),
                row.getLong("project_id"),
                row.getObject("envelope_id", UUID.class),
                row.getObject("received_at", OffsetDateTime.class).toInstant(),
                row.getString("name"),
                row.getString("op"),
                row.getString("status"),
                row.getObject("trace_id", UUID.class),
                row.getString("span_id"),
                row.getString("parent_span_id"),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                row.getDouble("duration_ms"),
                row.getString("platform"),
                row.getString("release"),
                row.getString("environment"),
                row.getString("http_method"),
                row.getObject("http_status", Integer.class),
                row.getInt("span_count"),
                row.getString("tags"));
    }
}
