package dev.resentry.storage.span;

import dev.resentry.model.event.EventId;
import dev.resentry.storage.Page;
import dev.resentry.storage.VisibleProjects;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads spans. */
public final class SpanQueries {
    private static final String SELECT = """
            SELECT project_id, trace_id, span_id, parent_span_id, transaction_id, segment, op, description, status, origin,
                   started_at, duration_ms, data::text, other::text
            FROM spans
            """;

    private final JdbcClient jdbc;

    public SpanQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The spans that a transaction came with, in the order they were sent. */
    public List<StoredSpan> ofTransaction(EventId id, UUID envelopeId, Instant receivedAt) {
        return jdbc.sql(SELECT + """
                        WHERE received_at = :at AND envelope_id = :envelope AND transaction_id = :transaction
                        ORDER BY position, index
                        """)
                .param("at", receivedAt.atOffset(ZoneOffset.UTC))
                .param("envelope", envelopeId)
                .param("transaction", id.value())
                .query((row, _) -> span(row))
                .list();
    }

    /** The spans of a trace, those that began first; at most {@code limit}. */
    public Page<StoredSpan> ofTrace(UUID traceId, VisibleProjects visible, int limit) {
        return Page.ofOneMore(
                jdbc.sql(SELECT + "WHERE trace_id = :trace" + visible.and("project_id")
                                + " ORDER BY started_at, span_id LIMIT :limit")
                        .param("trace", traceId)
                        .param("visible", visible.parameter())
                        .param("limit", limit + 1)
                        .query((row, _) -> span(row))
                        .list(),
                limit);
    }

    private static StoredSpan span(ResultSet row) throws SQLException {
        UUID transaction = row.getObject("transaction_id", UUID.class);
        return new StoredSpan(
                row.getLong("project_id"),
                row.getObject("trace_id", UUID.class),
                row.getString("span_id"),
                row.getString("parent_span_id"),
                transaction == null ? null : new EventId(transaction),
                row.getBoolean("segment"),
                row.getString("op"),
                row.getString("description"),
                row.getString("status"),
                row.getString("origin"),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                row.getDouble("duration_ms"),
                row.getString("data"),
                row.getString("other"));
    }
}
