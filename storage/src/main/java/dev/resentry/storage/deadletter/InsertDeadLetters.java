package dev.resentry.storage.deadletter;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.project.ProjectId;
import dev.resentry.storage.ingest.ColumnArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;

/** Inserts dead letters that are not there yet. A body that a row of {@code envelopes} holds is not stored again. */
final class InsertDeadLetters {
    /** The limit keeps the look-up one of a single row by its key, however many letters there are. */
    private static final String SQL = """
            INSERT INTO dead_letters (at, reason, cause, project_id, envelope_id, envelope_received_at, headers, body, source_topic,
                                      source_partition, source_offset, topic_id, event_id, stage, exception, item_position)
            SELECT coalesce(%s, now()), new.reason, new.cause, new.project_id, new.envelope_id, e.received_at, new.headers::jsonb,
                   CASE WHEN e.received_at IS NULL THEN new.body END, new.source_topic, new.source_partition, new.source_offset,
                   new.topic_id, new.event_id, new.stage, new.exception, new.item_position
            FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                AS new(at, reason, cause, project_id, envelope_id, received_at, headers, body, source_topic, source_partition,
                       source_offset, topic_id, event_id, stage, exception, item_position)
            LEFT JOIN LATERAL (
                SELECT received_at FROM envelopes
                WHERE received_at = %s AND id = new.envelope_id
                LIMIT 1) AS e ON true
            ON CONFLICT DO NOTHING
            """.formatted(instant("new.at"), instant("new.received_at"));

    /** All processors insert in this order, so that two with the same records wait for each other and never deadlock. */
    private static final Comparator<DeadLetterRow> ORDER = Comparator.comparing(
                    (DeadLetterRow row) -> row.source().topic())
            .thenComparingInt(row -> row.source().partition())
            .thenComparingLong(row -> row.source().offset())
            .thenComparingInt(row -> row.itemPosition() == null ? -1 : row.itemPosition());

    private InsertDeadLetters() {}

    static void run(Connection connection, List<DeadLetterRow> letters) throws SQLException {
        var rows = new ColumnArrays<>(connection, letters.stream().sorted(ORDER).toList());
        try (PreparedStatement insert = connection.prepareStatement(SQL)) {
            insert.setArray(1, rows.micros(DeadLetterRow::at));
            insert.setArray(2, rows.texts(row -> row.why().reason().wireName()));
            insert.setArray(3, rows.texts(row -> row.why().cause()));
            insert.setArray(
                    4,
                    rows.nullableLongs(row ->
                            row.source().projectId().map(ProjectId::value).orElse(null)));
            insert.setArray(
                    5,
                    rows.uuids(row ->
                            row.source().envelopeId().map(EnvelopeId::value).orElse(null)));
            insert.setArray(6, rows.micros(DeadLetterRow::envelopeReceivedAt));
            insert.setArray(
                    7, rows.texts(row -> LetterHeaders.write(row.source().headers())));
            insert.setArray(8, rows.bytes(row -> row.withBody() ? row.source().value() : null));
            insert.setArray(9, rows.texts(row -> row.source().topic()));
            insert.setArray(10, rows.integers(row -> row.source().partition()));
            insert.setArray(11, rows.longs(row -> row.source().offset()));
            insert.setArray(12, rows.uuids(row -> row.source().topicId()));
            insert.setArray(
                    13,
                    rows.uuids(
                            row -> row.eventId() == null ? null : row.eventId().value()));
            insert.setArray(14, rows.texts(row -> row.stage().wireName()));
            insert.setArray(15, rows.texts(DeadLetterRow::exception));
            insert.setArray(16, rows.nullableIntegers(DeadLetterRow::itemPosition));
            insert.executeUpdate();
        }
    }
}
