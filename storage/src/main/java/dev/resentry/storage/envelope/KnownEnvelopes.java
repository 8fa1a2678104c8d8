package dev.resentry.storage.envelope;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.model.outcome.Outcome;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Of a replay: leaves the envelopes that are stored and locks their rows. What is not stored is not stored by a replay either, and
 * of records with one id, the one that was stored counts.
 */
public final class KnownEnvelopes implements BatchStep {
    private static final String SQL = """
            SELECT e.id, e.outcome, e.topic_id, e.partition, e.record_offset
            FROM unnest(?, ?) AS wanted(at, id)
            JOIN envelopes e ON e.received_at = %s AND e.id = wanted.id
            ORDER BY e.received_at, e.id
            FOR NO KEY UPDATE OF e
            """.formatted(instant("wanted.at"));

    /** A row; topicId is null if an earlier version wrote it. */
    private record Row(boolean stored, @Nullable UUID topicId, int partition, long offset) {
        boolean isOf(SourceRecord source) {
            return topicId == null
                    || source.topicId() == null
                    || (topicId.equals(source.topicId())
                            && partition == source.partition()
                            && offset == source.offset());
        }
    }

    @Override
    public LockOrder lockOrder() {
        return LockOrder.ENVELOPES;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        Map<UUID, Row> rows = lock(batch.connection(), batch.receipts());
        batch.retain(record -> rows.containsKey(id(record)), Exclusion.NOT_STORED);
        Set<UUID> seen = new HashSet<>();
        batch.retain(
                record -> {
                    Row row = rows.get(id(record));
                    return row != null && row.isOf(record.source()) && seen.add(id(record));
                },
                Exclusion.ALREADY_STORED);
        batch.retain(
                record -> {
                    Row row = rows.get(id(record));
                    return row != null && row.stored();
                },
                Exclusion.NOTHING_MADE);
        batch.retain(record -> !(record.envelope().outcome() instanceof Outcome.Dropped), Exclusion.NOT_UNDERSTOOD);
    }

    private static UUID id(Received record) {
        return record.envelope().raw().receipt().id().value();
    }

    private static Map<UUID, Row> lock(Connection connection, List<Receipt> receipts) throws SQLException {
        var wanted = new ColumnArrays<>(connection, receipts);
        try (PreparedStatement select = connection.prepareStatement(SQL)) {
            select.setArray(1, wanted.micros(Receipt::receivedAt));
            select.setArray(2, wanted.uuids(receipt -> receipt.id().value()));
            Map<UUID, Row> rows = new HashMap<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    rows.put(
                            found.getObject(1, UUID.class),
                            new Row(
                                    "stored".equals(found.getString(2)),
                                    found.getObject(3, UUID.class),
                                    found.getInt(4),
                                    found.getLong(5)));
                }
            }
            return rows;
        }
    }
}
