package dev.resentry.storage.event;

import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchRow;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.KeptDays;
import dev.resentry.storage.ingest.LockOrder;
import java.sql.SQLException;

/** Of a replay: leaves out the events of days that have expired, so that no identity and no issue comes back for them. */
public final class ExpiredEvents implements BatchStep {

    @Override
    public LockOrder lockOrder() {
        return LockOrder.ENVELOPES;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        KeptDays kept = KeptDays.of(batch.connection(), "events", batch.receipts());
        for (BatchRow<NewEvent> event : batch.rows(NewEvent.class)) {
            if (!kept.contains(event.receipt().receivedAt())) {
                batch.leaveOut(event);
            }
        }
    }
}
