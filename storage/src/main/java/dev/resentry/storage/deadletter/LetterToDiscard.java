package dev.resentry.storage.deadletter;

import dev.resentry.model.outcome.DropReason;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.model.wire.EnvelopeRecord;
import dev.resentry.storage.ingest.Retry;
import dev.resentry.storage.ingest.SourceRecord;
import dev.resentry.storage.ledger.Discards;
import dev.resentry.storage.ledger.Discards.Counted;
import dev.resentry.storage.ledger.Discards.DiscardedItem;
import dev.resentry.storage.ledger.Discards.DiscardedRecord;
import dev.resentry.storage.ledger.Discards.Place;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A locked letter whose record or item is dropped, because it is discarded or has expired, with what the ledger has of it. */
record LetterToDiscard(
        long id,
        String reason,
        SourceRecord source,
        @Nullable Long projectId,
        @Nullable Integer itemPosition,
        @Nullable Instant envelopeReceivedAt,
        @Nullable Item item) {
    /** An item of a stored envelope, as it is counted. */
    record Item(String category, String reason, long quantity) {}

    private static final byte[] NO_BODY = {};

    private static final String SELECT = """
            SELECT d.id, d.reason, d.headers::text AS headers, d.source_topic, d.source_partition, d.source_offset, d.topic_id,
                   d.project_id, d.item_position, d.envelope_received_at, i.category, i.drop_reason, coalesce(i.quantity, 1) AS quantity
            FROM dead_letters d
            LEFT JOIN LATERAL (
                SELECT category, drop_reason, quantity FROM envelope_items
                WHERE received_at = d.envelope_received_at AND envelope_id = d.envelope_id AND position = d.item_position
                  AND outcome = 'dropped'
                LIMIT 1) AS i ON true
            WHERE
            """;

    private static final String LOCKED = " ORDER BY d.id LIMIT :limit FOR UPDATE OF d";

    private static final String EMPTY_ENVELOPES = """
            UPDATE envelopes e SET body = '', drop_reason = 'discarded', drop_cause = ?
            FROM dead_letters d
            WHERE d.id = ANY (?) AND d.item_position IS NULL
              AND e.received_at = d.envelope_received_at AND e.id = d.envelope_id AND e.outcome = 'dropped'
            """;

    private static final String MARK_ITEMS = """
            UPDATE envelope_items i SET drop_reason = ?, drop_cause = ?
            FROM dead_letters d
            WHERE d.id = ANY (?) AND i.received_at = d.envelope_received_at AND i.envelope_id = d.envelope_id
              AND i.position = d.item_position AND i.outcome = 'dropped'
            """;

    private static final String UPDATE = """
            UPDATE dead_letters SET state = 'discarded', retry_job = NULL, body = NULL, resolution = ?, resolved_by = ?,
                                    resolved_at = now()
            WHERE id = ANY (?)
            """;

    private static final String APPEND = """
            INSERT INTO dead_letter_attempts (letter_id, number, at, by_name, result, cause)
            SELECT letter_id, max(number) + 1, now(), ?, 'discarded', ? FROM dead_letter_attempts
            WHERE letter_id = ANY (?) GROUP BY letter_id
            """;

    static String select(String condition) {
        return SELECT + condition + LOCKED;
    }

    static LetterToDiscard of(ResultSet row) throws SQLException {
        long project = row.getLong("project_id");
        Long projectId = row.wasNull() ? null : project;
        int position = row.getInt("item_position");
        Integer itemPosition = row.wasNull() ? null : position;
        OffsetDateTime receivedAt = row.getObject("envelope_received_at", OffsetDateTime.class);
        String category = row.getString("category");
        return new LetterToDiscard(
                row.getLong("id"),
                row.getString("reason"),
                new SourceRecord(
                        row.getString("source_topic"),
                        row.getObject("topic_id", UUID.class),
                        row.getInt("source_partition"),
                        row.getLong("source_offset"),
                        LetterHeaders.read(row.getString("headers")),
                        null),
                projectId,
                itemPosition,
                receivedAt == null ? null : receivedAt.toInstant(),
                category == null ? null : new Item(category, row.getString("drop_reason"), row.getLong("quantity")));
    }

    /** Removes what is kept of letters, and accounts for them. */
    static void discard(Connection connection, List<LetterToDiscard> letters, String by, String because)
            throws SQLException {
        Long[] ids = letters.stream().map(LetterToDiscard::id).toArray(Long[]::new);
        update(connection, EMPTY_ENVELOPES, ids, because);
        update(connection, MARK_ITEMS, ids, DropReason.DISCARDED.wireName(), because);
        update(connection, AttemptEnd.FIRST, ids);
        update(connection, APPEND, ids, by, because);
        account(connection, letters, DropReason.DISCARDED);
        // Last: a batch with the same record waits for these rows.
        update(connection, UPDATE, ids, because, by);
    }

    /** Ends the retry of a letter whose envelope is not kept any more, and accounts for it. */
    void expire(Connection connection, Retry retry) throws SQLException {
        var why = new Outcome.Dropped(DropReason.EXPIRED, "the envelope that held its body is not kept any more");
        update(connection, MARK_ITEMS, new Long[] {id}, why.reason().wireName(), why.cause());
        account(connection, List.of(this), why.reason());
        AttemptEnd.ended("dropped", why, null).note(connection, retry);
    }

    private static void account(Connection connection, List<LetterToDiscard> letters, DropReason reason)
            throws SQLException {
        List<DiscardedRecord> records = new ArrayList<>();
        List<DiscardedItem> items = new ArrayList<>();
        letters.forEach(letter -> letter.account(records, items));
        Discards.account(connection, records, items, reason);
    }

    private void account(List<DiscardedRecord> records, List<DiscardedItem> items) {
        if (itemPosition != null) {
            if (item != null && projectId != null && envelopeReceivedAt != null) {
                items.add(new DiscardedItem(
                        projectId, envelopeReceivedAt, item.category(), item.reason(), item.quantity()));
            }
        } else if (source.topicId() != null) {
            var place = new Place(source.topic(), source.topicId(), source.partition(), source.offset());
            records.add(new DiscardedRecord(place, counted()));
        }
    }

    /** A record that could not be read, or that the database refused in every form, belongs to no project's totals. */
    private @Nullable Counted counted() {
        boolean isCounted = envelopeReceivedAt != null || reason.equals(DropReason.UNKNOWN_PROJECT.wireName());
        if (isCounted
                && EnvelopeRecord.read(source::lastHeader, NO_BODY) instanceof EnvelopeRecord.Received(var envelope)) {
            return new Counted(
                    envelope.receipt().projectId().value(), envelope.receipt().receivedAt(), reason);
        }
        return null;
    }

    private static void update(Connection connection, String sql, Long[] ids, String... texts) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            int index = 1;
            for (String text : texts) {
                update.setString(index++, text.replace('\0', '\ufffd'));
            }
            update.setArray(index, connection.createArrayOf("int8", ids));
            update.executeUpdate();
        }
    }
}
