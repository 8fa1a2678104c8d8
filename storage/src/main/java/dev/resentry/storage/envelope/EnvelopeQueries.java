package dev.resentry.storage.envelope;

import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.storage.Page;
import dev.resentry.storage.Position;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Reads envelopes and their items. */
public final class EnvelopeQueries {
    private static final String SELECT = """
            SELECT id, received_at, project_id, event_id, public_key, endpoint, content_encoding, content_type, client,
                   remote_address, user_agent, origin, query, slug, body_size, outcome, drop_reason, drop_cause, item_count
            FROM envelopes
            """;

    private static final String ITEMS = """
            SELECT envelope_id, position, type, category, content_type, filename, payload_offset, payload_length, event_id,
                   outcome, drop_reason, drop_cause
            FROM envelope_items i
            """;

    private final JdbcClient jdbc;

    public EnvelopeQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Page<StoredEnvelope> ofProject(long projectId, Position behind, int limit) {
        return Page.ofOneMore(
                jdbc.sql(SELECT + """
                                WHERE project_id = :project AND received_at <= :at AND (received_at, id) < (:at, :id)
                                ORDER BY received_at DESC, id DESC
                                LIMIT :limit
                                """)
                        .param("project", projectId)
                        .param("at", behind.at().atOffset(ZoneOffset.UTC))
                        .param("id", behind.id())
                        .param("limit", limit + 1)
                        .query((row, _) -> envelope(row))
                        .list(),
                limit);
    }

    public Optional<StoredEnvelope> find(EnvelopeId id) {
        return byId(SELECT + "WHERE id = :id AND received_at >= :from AND received_at < :to", id)
                .query((row, _) -> envelope(row))
                .optional();
    }

    /** The body as it came, still encoded. */
    public Optional<byte[]> body(EnvelopeId id) {
        return byId("SELECT body FROM envelopes WHERE id = :id AND received_at >= :from AND received_at < :to", id)
                .query((row, _) -> row.getBytes(1))
                .optional();
    }

    /** The items of an envelope, in the order they were sent. */
    public List<StoredItem> items(EnvelopeId id) {
        return byId(ITEMS + """
                        WHERE envelope_id = :id AND received_at >= :from AND received_at < :to
                        ORDER BY position
                        """, id).query((row, _) -> item(row)).list();
    }

    /** The id holds the millisecond of arrival, which leaves one partition to look into. */
    private StatementSpec byId(String sql, EnvelopeId id) {
        Instant from = Instant.ofEpochMilli(id.value().getMostSignificantBits() >>> 16);
        return jdbc.sql(sql)
                .param("id", id.value())
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("to", from.plus(Duration.ofMillis(1)).atOffset(ZoneOffset.UTC));
    }

    private static StoredEnvelope envelope(ResultSet row) throws SQLException {
        return new StoredEnvelope(
                row.getObject("id", UUID.class),
                row.getObject("received_at", OffsetDateTime.class).toInstant(),
                row.getLong("project_id"),
                row.getObject("event_id", UUID.class),
                row.getString("public_key"),
                row.getString("endpoint"),
                row.getString("content_encoding"),
                row.getString("content_type"),
                row.getString("client"),
                row.getString("remote_address"),
                row.getString("user_agent"),
                row.getString("origin"),
                row.getString("query"),
                row.getString("slug"),
                row.getInt("body_size"),
                outcome(row),
                row.getInt("item_count"));
    }

    private static Outcome outcome(ResultSet row) throws SQLException {
        return Outcome.of(row.getString("outcome"), row.getString("drop_reason"), row.getString("drop_cause"));
    }

    private static StoredItem item(ResultSet row) throws SQLException {
        return new StoredItem(
                row.getObject("envelope_id", UUID.class),
                row.getInt("position"),
                row.getString("type"),
                row.getString("category"),
                row.getString("content_type"),
                row.getString("filename"),
                row.getInt("payload_offset"),
                row.getInt("payload_length"),
                row.getObject("event_id", UUID.class),
                outcome(row));
    }
}
