package dev.resentry.storage.envelope;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.model.wire.EnvelopeRecord;
import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchContext.Exclusion;
import dev.resentry.storage.ingest.BatchRecord.Received;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.ColumnArrays;
import dev.resentry.storage.ingest.LockOrder;
import dev.resentry.storage.ingest.SourceRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Inserts envelopes that are not there yet, and leaves out those that are; of several with one id in a batch, all but the first. */
public final class EnvelopeWriter implements BatchStep {
    private static final String SQL = """
            INSERT INTO envelopes (received_at, id, project_id, event_id, public_key, endpoint, content_encoding, content_type,
                                   client, remote_address, user_agent, origin, query, slug, body, body_size, outcome, drop_reason,
                                   drop_cause, item_count, topic_id, partition, record_offset, gateway, answered_event_id, limited,
                                   processed_at)
            SELECT %s, id, project_id, event_id, public_key, endpoint, content_encoding, content_type,
                   client, remote_address, user_agent, origin, query, slug, body, length(body), outcome, drop_reason,
                   drop_cause, item_count, topic_id, partition, record_offset, gateway, answered_event_id, limited, now()
            FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                AS new(received_at, id, project_id, event_id, public_key, endpoint, content_encoding, content_type,
                       client, remote_address, user_agent, origin, query, slug, body, outcome, drop_reason, drop_cause, item_count,
                       topic_id, partition, record_offset, gateway, answered_event_id, limited)
            ON CONFLICT DO NOTHING
            RETURNING id
            """.formatted(instant("received_at"));

    /** All processors insert in this order, so that two with the same envelopes wait for each other and never deadlock. */
    private static final Comparator<Received> ORDER = Comparator.comparing(
                    (Received record) -> record.envelope().raw().receipt().receivedAt())
            .thenComparing(record -> record.envelope().raw().receipt().id().value());

    @Override
    public LockOrder lockOrder() {
        return LockOrder.ENVELOPES;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        Set<UUID> inserted = insert(batch.connection(), batch.remaining());
        batch.retain(
                record -> inserted.remove(record.envelope().raw().receipt().id().value()), Exclusion.ALREADY_STORED);
    }

    private static Set<UUID> insert(Connection connection, List<Received> envelopes) throws SQLException {
        List<Received> sorted = envelopes.stream().sorted(ORDER).toList();
        var sources = new ColumnArrays<>(
                connection, sorted.stream().map(Received::source).toList());
        var rows = new ColumnArrays<>(
                connection, sorted.stream().map(Received::envelope).toList());
        var receipts = new ColumnArrays<>(
                connection,
                sorted.stream().map(record -> record.envelope().raw().receipt()).toList());
        try (PreparedStatement insert = connection.prepareStatement(SQL)) {
            insert.setArray(1, receipts.micros(Receipt::receivedAt));
            insert.setArray(2, receipts.uuids(receipt -> receipt.id().value()));
            insert.setArray(3, receipts.longs(receipt -> receipt.projectId().value()));
            insert.setArray(
                    4, rows.uuids(e -> e.eventId() == null ? null : e.eventId().value()));
            insert.setArray(5, receipts.texts(receipt -> receipt.publicKey().value()));
            insert.setArray(6, receipts.texts(receipt -> receipt.endpoint().wireName()));
            insert.setArray(7, receipts.texts(Receipt::contentEncoding));
            insert.setArray(8, receipts.texts(Receipt::contentType));
            insert.setArray(9, receipts.texts(Receipt::client));
            insert.setArray(10, receipts.texts(Receipt::remoteAddress));
            insert.setArray(11, receipts.texts(Receipt::userAgent));
            insert.setArray(12, receipts.texts(Receipt::origin));
            insert.setArray(13, receipts.texts(Receipt::query));
            insert.setArray(14, receipts.texts(Receipt::slug));
            insert.setArray(15, rows.bytes(e -> e.raw().body()));
            insert.setArray(16, rows.texts(e -> e.outcome().wireName()));
            insert.setArray(17, rows.texts(e -> e.outcome().reasonName()));
            insert.setArray(18, rows.texts(e -> e.outcome().cause()));
            insert.setArray(19, rows.integers(e -> e.items().size()));
            insert.setArray(20, sources.uuids(SourceRecord::topicId));
            insert.setArray(21, sources.integers(SourceRecord::partition));
            insert.setArray(22, sources.longs(SourceRecord::offset));
            insert.setArray(23, sources.texts(source -> source.gateway().orElse(null)));
            insert.setArray(
                    24,
                    receipts.uuids(receipt ->
                            receipt.eventId() == null ? null : receipt.eventId().value()));
            insert.setArray(25, receipts.texts(receipt -> EnvelopeRecord.words(receipt.limited())));
            Set<UUID> inserted = new HashSet<>();
            try (ResultSet ids = insert.executeQuery()) {
                while (ids.next()) {
                    inserted.add(ids.getObject(1, UUID.class));
                }
            }
            return inserted;
        }
    }
}
