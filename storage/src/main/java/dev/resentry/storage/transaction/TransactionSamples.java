package dev.resentry.storage.transaction;

import dev.resentry.model.event.EventId;
import dev.resentry.storage.Position;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the newest transactions of a project with their payloads, part by part, to try rules on them. */
public final class TransactionSamples {
    /** The first condition follows from the second; partitions are left out by it alone. */
    private static final String PART = """
            SELECT t.event_id, t.received_at, t.name, (t.payload - '{breadcrumbs,extra,modules,_meta,errors}'::text[])::text AS payload,
                   v.remote_address, v.user_agent
            FROM (SELECT event_id, received_at, name, payload, envelope_id FROM transactions
                  WHERE project_id = :project AND received_at >= :since AND received_at <= :at
                    AND (received_at, event_id) < (:at, :id)
                  ORDER BY received_at DESC, event_id DESC
                  LIMIT :limit) AS t
            LEFT JOIN envelopes v ON v.received_at = t.received_at AND v.id = t.envelope_id
            ORDER BY t.received_at DESC, t.event_id DESC
            """;

    private final JdbcClient jdbc;

    public TransactionSamples(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those that arrived at some time or later, behind a position; fewer than the limit if there are no more. */
    public List<SampledTransaction> part(long projectId, Instant since, Position behind, int limit) {
        return jdbc.sql(PART)
                .param("project", projectId)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("at", behind.at().atOffset(ZoneOffset.UTC))
                .param("id", behind.id())
                .param("limit", limit)
                .query((row, _) -> new SampledTransaction(
                        new EventId(row.getObject("event_id", UUID.class)),
                        row.getObject("received_at", OffsetDateTime.class).toInstant(),
                        row.getString("name"),
                        row.getString("payload"),
                        row.getString("remote_address"),
                        row.getString("user_agent")))
                .list();
    }

    /** How many arrived at some time or later. */
    public long count(long projectId, Instant since) {
        return jdbc.sql("SELECT count(*) FROM transactions WHERE project_id = :project AND received_at >= :since")
                .param("project", projectId)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
    }
}
