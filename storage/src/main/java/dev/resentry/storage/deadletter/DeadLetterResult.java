package dev.resentry.storage.deadletter;

import dev.resentry.model.outcome.EnvelopeFate;
import dev.resentry.model.outcome.FailureStage;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchItem;
import dev.resentry.storage.ingest.BatchRecord;
import dev.resentry.storage.ingest.BatchRecord.Received;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.Fault;
import dev.resentry.storage.ingest.LockOrder;
import dev.resentry.storage.ingest.RecordFate;
import dev.resentry.storage.ingest.Retry;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Notes on a letter what its retry came to. The last step: others wait for the row until the batch is stored. */
public final class DeadLetterResult implements BatchStep {

    @Override
    public LockOrder lockOrder() {
        return LockOrder.TOTALS;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        Retry retry = Objects.requireNonNull(batch.retry(), "a batch that is no retry");
        AttemptEnd end = retry.itemPosition() == null || batch.items().isEmpty()
                ? ofRecord(batch.fates().getFirst())
                : ofItem(batch.items().getFirst());
        end.note(batch.connection(), retry);
    }

    private static AttemptEnd ofRecord(RecordFate fate) {
        Instant receivedAt = fate.record() instanceof Received received
                ? received.envelope().raw().receipt().receivedAt()
                : null;
        return fate.fate() == EnvelopeFate.DEAD && fate.why() != null
                ? AttemptEnd.failed(fate.why(), stage(fate.record(), fate.why()), fault(fate.record()), receivedAt)
                : AttemptEnd.ended(fate.fate().wireName(), fate.why(), receivedAt);
    }

    private static AttemptEnd ofItem(BatchItem item) {
        Instant receivedAt = item.receipt().receivedAt();
        if (item.outcome() instanceof Outcome.Dropped why) {
            return why.reason().isFailure()
                    ? AttemptEnd.failed(
                            why, AttemptEnd.stageOfItem(why), item.item().fault(), receivedAt)
                    : AttemptEnd.ended("dropped", why, receivedAt);
        }
        return AttemptEnd.ended(item.outcome().wireName(), null, receivedAt);
    }

    private static FailureStage stage(BatchRecord record, Outcome.Dropped why) {
        Fault fault = fault(record);
        return fault == null ? FailureStage.of(why.reason()) : fault.stage();
    }

    private static @Nullable Fault fault(BatchRecord record) {
        return record instanceof Received received ? received.envelope().fault() : null;
    }
}
