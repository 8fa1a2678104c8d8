package dev.resentry.storage.event;

import dev.resentry.model.event.EventId;
import dev.resentry.storage.Page;
import dev.resentry.storage.Position;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Reads events, newest first: lists without payloads, a single one whole. */
public final class EventQueries {
    private static final String COLUMNS = """
            e.event_id, e.project_id, e.issue_id, e.envelope_id, e.received_at, e.occurred_at, e.level, e.platform,
            e.title, e.culprit, e.message, e.release, e.environment, e.tags::text
            """;

    /** Without payloads: each may have megabytes, and a page has up to 200 events. */
    private static final String SELECT_SUMMARIES = "SELECT " + COLUMNS + " FROM events e ";

    private static final String SELECT_WHOLE = "SELECT " + COLUMNS + ", e.payload::text FROM events e ";

    /** The first condition follows from the second; partitions are left out by it alone. */
    private static final String PAGE = """
            AND e.received_at <= :at AND (e.received_at, e.event_id) < (:at, :id)
            ORDER BY e.received_at DESC, e.event_id DESC
            LIMIT :limit
            """;

    private final JdbcClient jdbc;

    public EventQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Page<EventSummary> all(Position behind, int limit) {
        return page(jdbc.sql(SELECT_SUMMARIES + "WHERE true " + PAGE), behind, limit);
    }

    public Page<EventSummary> ofProject(long projectId, Position behind, int limit) {
        return page(
                jdbc.sql(SELECT_SUMMARIES + "WHERE e.project_id = :project " + PAGE)
                        .param("project", projectId),
                behind,
                limit);
    }

    public Page<EventSummary> ofIssue(long issueId, Position behind, int limit) {
        return page(
                jdbc.sql(SELECT_SUMMARIES + "WHERE e.issue_id = :issue " + PAGE).param("issue", issueId),
                behind,
                limit);
    }

    /** Finds an event; if several projects have one of this id, the one that came last. */
    public Optional<StoredEvent> find(EventId id) {
        // The identity tells when the event came, which leaves one partition to look into.
        return jdbc
                .sql("SELECT received_at FROM event_identities WHERE event_id = :id ORDER BY received_at DESC")
                .param("id", id.value())
                .query((row, _) -> row.getObject(1, OffsetDateTime.class))
                .list()
                .stream()
                .flatMap(receivedAt -> at(receivedAt, id).stream())
                .findFirst();
    }

    private Optional<StoredEvent> at(OffsetDateTime receivedAt, EventId id) {
        return jdbc.sql(SELECT_WHOLE + "WHERE e.received_at = :at AND e.event_id = :id LIMIT 1")
                .param("at", receivedAt)
                .param("id", id.value())
                .query((row, _) -> event(row))
                .optional();
    }

    private static Page<EventSummary> page(StatementSpec statement, Position behind, int limit) {
        return Page.ofOneMore(
                statement
                        .param("at", behind.at().atOffset(ZoneOffset.UTC))
                        .param("id", behind.id())
                        .param("limit", limit + 1)
                        .query((row, _) -> summary(row))
                        .list(),
                limit);
    }

    private static EventSummary summary(ResultSet row) throws SQLException {
        return new EventSummary(
                new EventId(row.getObject("event_id", UUID.class)),
                row.getLong("project_id"),
                row.getLong("issue_id"),
                row.getObject("envelope_id", UUID.class),
                row.getObject("received_at", OffsetDateTime.class).toInstant(),
                row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                row.getString("level"),
                row.getString("platform"),
                row.getString("title"),
                row.getString("culprit"),
                row.getString("message"),
                row.getString("release"),
                row.getString("environment"),
                row.getString("tags"));
    }

    private static StoredEvent event(ResultSet row) throws SQLException {
        EventSummary summary = summary(row);
        return new StoredEvent(
                summary.id(),
                summary.projectId(),
                summary.issueId(),
                summary.envelopeId(),
                summary.receivedAt(),
                summary.occurredAt(),
                summary.level(),
                summary.platform(),
                summary.title(),
                summary.culprit(),
                summary.release(),
                summary.environment(),
                summary.tagsJson(),
                row.getString("payload"));
    }
}
