package dev.resentry.storage.ledger;

import dev.resentry.model.outcome.DropReason;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.storage.Page;
import dev.resentry.storage.Position;
import dev.resentry.storage.VisibleProjects;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Lists envelopes by what became of them, the newest first. */
public final class LedgerList {
    private static final Instant BEGINNING = Instant.parse("1970-01-01T00:00:00Z");

    private static final String FAILURES = "'{%s}'::text[]"
            .formatted(String.join(
                    ",",
                    Arrays.stream(DropReason.values())
                            .filter(DropReason::isFailure)
                            .map(DropReason::wireName)
                            .toList()));

    private static final String IS_STORED = """
            AND e.outcome = 'stored' AND EXISTS (
                SELECT FROM envelope_items i
                WHERE i.received_at = e.received_at AND i.envelope_id = e.id AND i.outcome = 'stored')
            """;

    private static final String ROWS = """
            SELECT e.id, e.received_at, e.processed_at, e.project_id, e.event_id, e.gateway, e.body_size, e.outcome, e.drop_reason,
                   e.drop_cause, i.types, i.stored, i.duplicate, i.dropped, i.filtered, i.dead
            FROM found JOIN envelopes e USING (received_at, id)
            CROSS JOIN LATERAL (
                SELECT array_agg(DISTINCT type) AS types,
                       count(*) FILTER (WHERE outcome = 'stored') AS stored,
                       count(*) FILTER (WHERE outcome = 'duplicate') AS duplicate,
                       count(*) FILTER (WHERE outcome = 'dropped' AND drop_reason <> ALL (%1$s)) AS dropped,
                       count(*) FILTER (WHERE outcome = 'filtered') AS filtered,
                       count(*) FILTER (WHERE outcome = 'dropped' AND drop_reason = ANY (%1$s)) AS dead
                FROM envelope_items i WHERE i.received_at = e.received_at AND i.envelope_id = e.id) AS i
            ORDER BY e.received_at DESC, e.id DESC
            """.formatted(FAILURES);

    private final JdbcClient jdbc;

    public LedgerList(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A page of those that match and are visible. */
    public Page<LedgerRow> page(LedgerFilter filter, VisibleProjects visible, Position behind, int limit) {
        String ofEnvelope = ofProjects("e", filter, visible);
        String found = filter.isUnstored()
                ? unstored(ofEnvelope, ofProjects("i", filter, visible))
                : any(ofEnvelope, filter.fate() == LedgerFilter.Fate.STORED ? IS_STORED : "");
        Position first = filter.to() == null || filter.to().isAfter(behind.at())
                ? behind
                // Ids do not matter before a time, and none lies behind the smallest.
                : new Position(filter.to(), new UUID(0, 0));
        return Page.ofOneMore(
                jdbc.sql("WITH " + found + ROWS)
                        .param("reasons", filter.reasons().toArray(String[]::new))
                        .param("outcome", filter.outcome())
                        .param("project", filter.projectId())
                        .param("visible", visible.parameter())
                        .param("at", utc(first.at()))
                        .param("id", first.id())
                        .param("from", utc(filter.from() == null ? BEGINNING : filter.from()))
                        .param("limit", limit + 1)
                        .query((row, _) -> row(row))
                        .list(),
                limit);
    }

    /** The newest of each reason, so that each is found by the index, however rare it is beside the others. */
    private static String unstored(String ofEnvelope, String ofItem) {
        return """
            found AS (
                SELECT received_at, id FROM unnest(:reasons::text[]) AS r(reason)
                CROSS JOIN LATERAL (
                    (SELECT received_at, id FROM envelopes e
                     WHERE e.outcome <> 'stored' AND e.outcome = :outcome AND coalesce(e.drop_reason, '') = r.reason
                       AND %1$s AND e.received_at <= :at AND (e.received_at, e.id) < (:at, :id) AND e.received_at >= :from
                     ORDER BY received_at DESC, id DESC LIMIT :limit)
                    UNION
                    (SELECT received_at, envelope_id FROM envelope_items i
                     WHERE i.outcome <> 'stored' AND i.outcome = :outcome AND coalesce(i.drop_reason, '') = r.reason
                       AND %2$s AND i.received_at <= :at AND (i.received_at, i.envelope_id) < (:at, :id)
                       AND i.received_at >= :from
                     GROUP BY received_at, envelope_id
                     ORDER BY received_at DESC, envelope_id DESC LIMIT :limit)) AS newest
                GROUP BY received_at, id
                ORDER BY received_at DESC, id DESC
                LIMIT :limit)
            """.formatted(ofEnvelope, ofItem);
    }

    private static String any(String ofEnvelope, String condition) {
        return """
            found AS (
                SELECT received_at, id FROM envelopes e
                WHERE %1$s AND e.received_at <= :at AND (e.received_at, e.id) < (:at, :id) AND e.received_at >= :from %2$s
                ORDER BY received_at DESC, id DESC
                LIMIT :limit)
            """.formatted(ofEnvelope, condition);
    }

    private static String ofProjects(String table, LedgerFilter filter, VisibleProjects visible) {
        String column = table + ".project_id";
        return (filter.projectId() == null ? "true" : column + " = :project") + visible.and(column);
    }

    private static LedgerRow row(ResultSet row) throws SQLException {
        OffsetDateTime processed = row.getObject("processed_at", OffsetDateTime.class);
        var types = row.getArray("types");
        return new LedgerRow(
                row.getObject("id", UUID.class),
                row.getObject("received_at", OffsetDateTime.class).toInstant(),
                processed == null ? null : processed.toInstant(),
                row.getLong("project_id"),
                row.getObject("event_id", UUID.class),
                row.getString("gateway"),
                row.getInt("body_size"),
                Outcome.of(row.getString("outcome"), row.getString("drop_reason"), row.getString("drop_cause")),
                types == null ? List.of() : List.of((String[]) types.getArray()),
                new LedgerRow.Items(
                        row.getLong("stored"),
                        row.getLong("duplicate"),
                        row.getLong("dropped"),
                        row.getLong("filtered"),
                        row.getLong("dead")));
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
