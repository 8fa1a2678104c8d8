package dev.resentry.storage.attachment;

import static dev.resentry.storage.ingest.Column.bigint;
import static dev.resentry.storage.ingest.Column.bytes;
import static dev.resentry.storage.ingest.Column.instant;
import static dev.resentry.storage.ingest.Column.integer;
import static dev.resentry.storage.ingest.Column.text;
import static dev.resentry.storage.ingest.Column.uuid;

import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.model.event.EventId;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.storage.blob.Blob;
import dev.resentry.storage.blob.BlobHash;
import dev.resentry.storage.blob.BlobStore;
import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchItem;
import dev.resentry.storage.ingest.BatchRecord;
import dev.resentry.storage.ingest.BatchRecord.Received;
import dev.resentry.storage.ingest.BatchRow;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.DerivedTable;
import dev.resentry.storage.ingest.IngestedItem;
import dev.resentry.storage.ingest.LockOrder;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes attachments, whose blobs it puts before the transaction begins. What comes with an event that was stored before is a
 * duplicate like that event.
 */
public final class AttachmentWriter implements BatchStep {
    private static final DerivedTable<AttachmentOfItem> TABLE = DerivedTable.of(
            "attachments",
            List.of("received_at", "envelope_id", "position"),
            List.of(
                    instant("received_at", row -> row.receipt().receivedAt()),
                    uuid("envelope_id", row -> row.receipt().id().value()),
                    integer("position", AttachmentOfItem::position),
                    bigint("project_id", row -> row.receipt().projectId().value()),
                    uuid("event_id", row -> value(row.attachment().eventId())),
                    text("name", row -> row.attachment().name()),
                    text("content_type", row -> row.attachment().contentType()),
                    text("attachment_type", row -> row.attachment().attachmentType()),
                    bigint("size", row ->
                            (long) row.attachment().blob().content().length()),
                    bytes("blob", row -> row.attachment().blob().hash().toByteArray())));

    private final BlobStore blobs;

    public AttachmentWriter(BlobStore blobs) {
        this.blobs = blobs;
    }

    /** An attachment with the place of its item in the envelope. */
    private record AttachmentOfItem(Receipt receipt, int position, NewAttachment attachment) {}

    /** An event as one envelope brought it. */
    private record Brought(EnvelopeId by, @Nullable EventId eventId) {}

    @Override
    public LockOrder lockOrder() {
        return LockOrder.ROWS;
    }

    @Override
    public void prepare(List<BatchRecord> batch) {
        Map<BlobHash, Blob> wanted = new TreeMap<>();
        for (BatchRecord record : batch) {
            if (record instanceof Received received) {
                for (IngestedItem item : received.envelope().items()) {
                    item.rows(NewAttachment.class)
                            .forEach(row -> wanted.put(row.blob().hash(), row.blob()));
                }
            }
        }
        if (!wanted.isEmpty()) {
            blobs.put(wanted.values());
        }
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        markDuplicates(batch);
        // By identity: two equal attachments of one envelope are two.
        Set<NewAttachment> wanted = Collections.newSetFromMap(new IdentityHashMap<>());
        batch.rows(NewAttachment.class).forEach(row -> wanted.add(row.row()));
        List<AttachmentOfItem> attachments = new ArrayList<>();
        for (BatchItem item : batch.items()) {
            if (item.outcome() instanceof Outcome.Stored) {
                item.item().rows(NewAttachment.class).stream()
                        .filter(wanted::contains)
                        .forEach(row -> attachments.add(new AttachmentOfItem(item.receipt(), item.position(), row)));
            }
        }
        batch.write(TABLE, attachments);
    }

    private static void markDuplicates(BatchContext batch) {
        Set<Brought> repeated = new HashSet<>();
        for (BatchItem item : batch.items()) {
            if (item.outcome() instanceof Outcome.Duplicate && item.item().eventId() != null) {
                repeated.add(new Brought(item.receipt().id(), item.item().eventId()));
            }
        }
        for (BatchRow<NewAttachment> row : batch.rows(NewAttachment.class)) {
            if (repeated.contains(new Brought(row.receipt().id(), row.row().eventId()))) {
                batch.markDuplicate(row);
            }
        }
    }

    private static @Nullable UUID value(@Nullable EventId id) {
        return id == null ? null : id.value();
    }
}
