package dev.resentry.storage.event;

import dev.resentry.model.event.EventId;
import dev.resentry.storage.Position;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the newest events of a project that have their payloads, part by part, to try rules on them. */
public final class EventSamples {
    /** The first condition follows from the second; partitions are left out by it alone. */
    private static final String PART = """
            SELECT e.event_id, e.issue_id, e.received_at, e.title,
                   (e.payload - '{breadcrumbs,extra,modules,threads,debug_meta,_meta,errors}'::text[])::text AS payload,
                   v.remote_address, v.user_agent
            FROM (SELECT s.event_id, s.issue_id, s.received_at, s.title, s.payload, s.envelope_id FROM events s
                  WHERE project_id = :project AND received_at >= :since AND received_at <= :at
                    AND (received_at, event_id) < (:at, :id) AND payload_kept
                  ORDER BY received_at DESC, event_id DESC
                  LIMIT :limit) AS e
            LEFT JOIN envelopes v ON v.received_at = e.received_at AND v.id = e.envelope_id
            ORDER BY e.received_at DESC, e.event_id DESC
            """;

    private final JdbcClient jdbc;

    public EventSamples(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those that arrived at some time or later, behind a position; fewer than the limit if there are no more. */
    public List<SampledEvent> part(long projectId, Instant since, Position behind, int limit) {
        return jdbc.sql(PART)
                .param("project", projectId)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("at", behind.at().atOffset(ZoneOffset.UTC))
                .param("id", behind.id())
                .param("limit", limit)
                .query((row, _) -> event(row))
                .list();
    }

    /** How many of them arrived at some time or later. */
    public long count(long projectId, Instant since) {
        return jdbc.sql(
                        "SELECT count(*) FROM events WHERE project_id = :project AND received_at >= :since AND payload_kept")
                .param("project", projectId)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
    }

    private static SampledEvent event(ResultSet row) throws SQLException {
        return new SampledEvent(
                new EventId(row.getObject("event_id", UUID.class)),
                row.getLong("issue_id"),
                row.getObject("received_at", OffsetDateTime.class).toInstant(),
                row.getString("title"),
                row.getString("payload"),
                row.getString("remote_address"),
                row.getString("user_agent"));
    }
}
