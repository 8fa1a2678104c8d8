package dev.resentry.storage.envelope;

import static dev.resentry.storage.ingest.Column.bigint;
import static dev.resentry.storage.ingest.Column.instant;
import static dev.resentry.storage.ingest.Column.integer;
import static dev.resentry.storage.ingest.Column.text;
import static dev.resentry.storage.ingest.Column.uuid;

import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchItem;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.DerivedTable;
import dev.resentry.storage.ingest.IngestedItem;
import dev.resentry.storage.ingest.LockOrder;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes the items of envelopes, each with its final outcome. */
public final class ItemWriter implements BatchStep {
    private static final DerivedTable<BatchItem> TABLE = DerivedTable.of(
            "envelope_items",
            List.of("received_at", "envelope_id", "position"),
            List.of(
                    instant("received_at", row -> row.receipt().receivedAt()),
                    uuid("envelope_id", row -> row.receipt().id().value()),
                    integer("position", BatchItem::position),
                    bigint("project_id", row -> row.receipt().projectId().value()),
                    text("type", row -> row.item().header().type().wireName()),
                    text(
                            "category",
                            row -> row.item().header().type().category().wireName()),
                    text("content_type", row -> row.item().header().contentType()),
                    text("filename", row -> row.item().header().filename()),
                    integer("payload_offset", row -> row.item().payloadOffset()),
                    integer("payload_length", row -> row.item().payloadLength()),
                    bigint("quantity", row -> row.item().quantity()),
                    uuid("event_id", row -> eventId(row.item())),
                    text("outcome", row -> row.outcome().wireName()),
                    text("drop_reason", row -> row.outcome().reasonName()),
                    text("drop_cause", row -> row.outcome().cause())));

    @Override
    public LockOrder lockOrder() {
        return LockOrder.ROWS;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        batch.write(TABLE, batch.items());
    }

    private static @Nullable UUID eventId(IngestedItem item) {
        return item.eventId() == null ? null : item.eventId().value();
    }
}
