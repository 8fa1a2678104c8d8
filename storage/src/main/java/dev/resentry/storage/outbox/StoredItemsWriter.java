package dev.resentry.storage.outbox;

import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.model.wire.ProcessedRecord.ItemStored;
import dev.resentry.model.wire.ProcessedRecord.Origin;
import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchItem;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.LockOrder;
import dev.resentry.storage.ingest.ReplayOrigin;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Has topic {@code events} told of every stored item; behind the steps that say what lists show of it. A replay tells of the items of
 * those envelopes whose rows it changed, or of all if it is asked to; and of where these are, as what is no longer stored is no item.
 */
public final class StoredItemsWriter implements BatchStep {

    @Override
    public LockOrder lockOrder() {
        return LockOrder.ROWS;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        ItemSummaries summaries = batch.get(ItemSummaries.class);
        EventsOutbox.appendMany(
                batch.connection(),
                batch.items().stream()
                        .filter(item -> item.outcome() instanceof Outcome.Stored)
                        .filter(item -> batch.cause() != Cause.REPLAY
                                || batch.get(ReplayOrigin.class).retells()
                                || batch.isChanged(item.receipt().id()))
                        .map(item -> told(batch, item, summaries))
                        .toList());
        if (batch.cause() == Cause.REPLAY) {
            tellChanged(batch);
        }
    }

    private static void tellChanged(BatchContext batch) throws SQLException {
        Map<Long, List<Instant>> changed = batch.receipts().stream()
                .filter(receipt -> batch.isChanged(receipt.id()))
                .collect(Collectors.groupingBy(
                        receipt -> receipt.projectId().value(),
                        TreeMap::new,
                        Collectors.mapping(Receipt::receivedAt, Collectors.toList())));
        for (Map.Entry<Long, List<Instant>> project : changed.entrySet()) {
            DataChanges.tell(batch.connection(), Cause.REPLAY, project.getKey(), project.getValue(), batch.at());
        }
    }

    private static ItemStored told(BatchContext batch, BatchItem item, ItemSummaries summaries) {
        var header = item.item().header();
        return new ItemStored(
                new Origin(
                        ItemStored.id(item.receipt().id(), item.position()),
                        batch.causeOf(item.receipt()),
                        item.receipt().projectId(),
                        batch.at()),
                item.receipt().id(),
                item.position(),
                header.type().wireName(),
                header.type().category(),
                item.receipt().receivedAt(),
                item.item().payloadLength(),
                item.item().eventId(),
                summaries.of(item.item()));
    }
}
