package dev.resentry.storage.event;

import dev.resentry.model.event.EventId;
import dev.resentry.storage.Page;
import dev.resentry.storage.Position;
import dev.resentry.storage.VisibleProjects;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads events, newest first: lists without payloads, a single one whole. */
public final class EventQueries {
    private static final String COLUMNS = """
            e.event_id, e.project_id, e.issue_id, e.envelope_id, e.received_at, e.occurred_at, e.level, e.platform,
            e.title, e.culprit, e.message, e.release, e.environment, e.transaction, e.tags::text
            """;

    /** Without payloads: each may have megabytes, and a page has up to 200 events. */
    private static final String SELECT_SUMMARIES = "SELECT " + COLUMNS + " FROM events e ";

    private static final String SELECT_WHOLE = "SELECT " + COLUMNS
            + ", e.payload_kept, coalesce(e.payload_json, e.payload_jsonb::text) AS payload FROM events e ";

    /** The first condition follows from the second; partitions are left out by it alone. */
    private static final String PAGE = """
            AND e.received_at <= :at AND (e.received_at, e.event_id) < (:at, :id)
            ORDER BY e.received_at DESC, e.event_id DESC
            LIMIT :limit
            """;

    /** The first of a day are those with payloads, so that one is found at once. */
    private static final String CAPPED_DAYS = """
            SELECT d.day, d.payloads, d.only_counted,
                   (SELECT e.event_id FROM events e
                    WHERE e.issue_id = d.issue_id AND e.payload_kept
                      AND e.received_at >= d.day::timestamp AT TIME ZONE 'UTC'
                      AND e.received_at < (d.day + 1)::timestamp AT TIME ZONE 'UTC'
                    ORDER BY e.received_at, e.event_id LIMIT 1) AS first
            FROM issue_days d
            WHERE d.issue_id = :issue AND d.only_counted > 0
            ORDER BY d.day DESC
            LIMIT :limit
            """;

    /** Their key begins with the project. */
    private static final String IDENTITIES = """
            SELECT k.received_at FROM projects p JOIN event_identities k ON k.project_id = p.id AND k.event_id = :id
            WHERE true {visible} ORDER BY k.received_at DESC
            """;

    private final JdbcClient jdbc;

    public EventQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A page of the events that a filter wants. */
    public Page<EventSummary> list(EventFilter filter, Position behind, int limit) {
        return Page.ofOneMore(
                jdbc.sql(SELECT_SUMMARIES + "WHERE true " + filter.conditions() + PAGE)
                        .params(filter.parameters())
                        .param("at", behind.at().atOffset(ZoneOffset.UTC))
                        .param("id", behind.id())
                        .param("limit", limit + 1)
                        .query((row, _) -> summary(row))
                        .list(),
                limit);
    }

    /** How many events a filter wants; empty if more than {@code atMost}. */
    public OptionalLong count(EventFilter filter, int atMost) {
        long count = jdbc.sql("SELECT count(*) FROM (SELECT FROM events e WHERE true %s LIMIT :limit) AS wanted"
                        .formatted(filter.conditions()))
                .params(filter.parameters())
                .param("limit", atMost + 1)
                .query(Long.class)
                .single();
        return count > atMost ? OptionalLong.empty() : OptionalLong.of(count);
    }

    /** The days of which some events of an issue are only counted, newest first. */
    public List<CappedDay> cappedDays(long issueId, int limit) {
        return jdbc.sql(CAPPED_DAYS)
                .param("issue", issueId)
                .param("limit", limit)
                .query((row, _) -> new CappedDay(
                        row.getObject("day", LocalDate.class),
                        row.getLong("payloads"),
                        row.getLong("only_counted"),
                        Optional.ofNullable(row.getObject("first", UUID.class))
                                .map(EventId::new)
                                .orElse(null)))
                .list();
    }

    /** Finds an event; if several of the projects have one of this id, the one that came last. */
    public Optional<StoredEvent> find(EventId id, VisibleProjects projects) {
        // The identity tells when the event came, which leaves one partition to look into.
        return jdbc
                .sql(projects.in(IDENTITIES, "k.project_id"))
                .param("id", id.value())
                .param("visible", projects.parameter())
                .query((row, _) -> row.getObject(1, OffsetDateTime.class))
                .list()
                .stream()
                .flatMap(receivedAt -> at(receivedAt, id, projects).stream())
                .findFirst();
    }

    /** The event of an issue that arrived last. */
    public Optional<EventId> latest(long issueId) {
        return neighbour(issueId, Position.NEWEST, "<", "DESC");
    }

    /** The event of an issue that arrived first. */
    public Optional<EventId> oldest(long issueId) {
        return neighbour(issueId, new Position(Instant.EPOCH, new UUID(0, 0)), ">", "ASC");
    }

    /** The events of its issue beside an event. */
    public EventNeighbours neighbours(StoredEvent event) {
        var at = new Position(event.receivedAt(), event.id().value());
        return new EventNeighbours(
                neighbour(event.issueId(), at, "<", "DESC").orElse(null),
                neighbour(event.issueId(), at, ">", "ASC").orElse(null));
    }

    /** The first condition leaves partitions out. */
    private Optional<EventId> neighbour(long issueId, Position from, String side, String order) {
        String sql = """
                SELECT e.event_id FROM events e
                WHERE e.issue_id = :issue AND e.received_at %1$s= :at AND (e.received_at, e.event_id) %1$s (:at, :id)
                ORDER BY e.received_at %2$s, e.event_id %2$s
                LIMIT 1
                """.formatted(side, order);
        return jdbc.sql(sql)
                .param("issue", issueId)
                .param("at", from.at().atOffset(ZoneOffset.UTC))
                .param("id", from.id())
                .query((row, _) -> new EventId(row.getObject(1, UUID.class)))
                .optional();
    }

    private Optional<StoredEvent> at(OffsetDateTime receivedAt, EventId id, VisibleProjects projects) {
        return jdbc.sql(SELECT_WHOLE
                        + "WHERE e.received_at = :at AND e.event_id = :id %s LIMIT 1"
                                .formatted(projects.and("e.project_id")))
                .param("visible", projects.parameter())
                .param("at", receivedAt)
                .param("id", id.value())
                .query((row, _) -> event(row))
                .optional();
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
                row.getString("transaction"),
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
                summary.transaction(),
                summary.tagsJson(),
                row.getBoolean("payload_kept"),
                row.getString("payload"));
    }
}
