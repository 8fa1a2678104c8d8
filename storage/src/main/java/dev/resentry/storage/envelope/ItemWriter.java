package dev.resentry.storage.envelope;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchItem;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.ColumnArrays;
import dev.resentry.storage.ingest.LockOrder;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Inserts the items of envelopes that are new, each with its final outcome. */
public final class ItemWriter implements BatchStep {
    private static final String SQL = """
            INSERT INTO envelope_items (received_at, envelope_id, position, project_id, type, category, content_type, filename,
                                        payload_offset, payload_length, event_id, outcome, drop_reason, drop_cause)
            SELECT %s, envelope_id, position, project_id, type, category, content_type, filename,
                   payload_offset, payload_length, event_id, outcome, drop_reason, drop_cause
            FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                AS new(received_at, envelope_id, position, project_id, type, category, content_type, filename,
                       payload_offset, payload_length, event_id, outcome, drop_reason, drop_cause)
            """.formatted(instant("received_at"));

    @Override
    public LockOrder lockOrder() {
        return LockOrder.ROWS;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        List<BatchItem> items = batch.items();
        if (items.isEmpty()) {
            return;
        }
        var rows = new ColumnArrays<>(batch.connection(), items);
        try (PreparedStatement insert = batch.connection().prepareStatement(SQL)) {
            insert.setArray(1, rows.micros(row -> row.receipt().receivedAt()));
            insert.setArray(2, rows.uuids(row -> row.receipt().id().value()));
            insert.setArray(3, rows.integers(BatchItem::position));
            insert.setArray(4, rows.longs(row -> row.receipt().projectId().value()));
            insert.setArray(5, rows.texts(row -> row.item().header().type().wireName()));
            insert.setArray(
                    6, rows.texts(row -> row.item().header().type().category().wireName()));
            insert.setArray(7, rows.texts(row -> row.item().header().contentType()));
            insert.setArray(8, rows.texts(row -> row.item().header().filename()));
            insert.setArray(9, rows.integers(row -> row.item().payloadOffset()));
            insert.setArray(10, rows.integers(row -> row.item().payloadLength()));
            insert.setArray(
                    11,
                    rows.uuids(row -> row.item().eventId() == null
                            ? null
                            : row.item().eventId().value()));
            insert.setArray(12, rows.texts(row -> row.outcome().wireName()));
            insert.setArray(13, rows.texts(row -> row.outcome().reasonName()));
            insert.setArray(14, rows.texts(row -> row.outcome().cause()));
            insert.executeUpdate();
        }
    }
}
