package dev.resentry.storage.ledger;

import dev.resentry.storage.envelope.FormerItem;
import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchItem;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.LockOrder;
import java.sql.SQLException;
import java.util.List;

/** Counts a retried item by the outcome that it has now, and no more by the one that it had. */
public final class RetriedItemTotals implements BatchStep {

    @Override
    public LockOrder lockOrder() {
        return LockOrder.TOTALS;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        for (BatchItem item : batch.items()) {
            FormerItem former = batch.get(FormerItem.class);
            long projectId = item.receipt().projectId().value();
            String reason = item.outcome().reasonName();
            ItemTotal before = new ItemTotal(
                    projectId,
                    item.receipt().receivedAt(),
                    former.category(),
                    former.outcome(),
                    former.reason(),
                    -1,
                    -former.quantity());
            ItemTotal after = new ItemTotal(
                    projectId,
                    item.receipt().receivedAt(),
                    item.item().header().type().category().wireName(),
                    item.outcome().wireName(),
                    reason == null ? "" : reason,
                    1,
                    item.item().quantity());
            ItemTotal.add(batch.connection(), List.of(before, after));
        }
        TotalsWriter.countClientReports(batch);
    }
}
