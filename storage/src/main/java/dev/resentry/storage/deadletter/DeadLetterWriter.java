package dev.resentry.storage.deadletter;

import dev.resentry.model.outcome.DropReason;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchContext.Exclusion;
import dev.resentry.storage.ingest.BatchRecord.Received;
import dev.resentry.storage.ingest.BatchRecord.Unreadable;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.LockOrder;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Keeps the records that hold no envelope, those of deleted projects, and a reference to each new envelope that is dropped whole. */
public final class DeadLetterWriter implements BatchStep {
    /** Why an envelope of a deleted project is a dead letter. */
    public static final Outcome.Dropped PROJECT_DELETED =
            new Outcome.Dropped(DropReason.PROJECT_DELETED, "the project is deleted");

    @Override
    public LockOrder lockOrder() {
        return LockOrder.DEAD_LETTERS;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        List<DeadLetterRow> letters = new ArrayList<>();
        for (Unreadable record : batch.unreadable()) {
            letters.add(DeadLetterRow.ofRecord(record.source(), record.why()));
        }
        for (Received record : batch.excluded(Exclusion.PROJECT_DELETED)) {
            letters.add(DeadLetterRow.ofRecord(record.source(), PROJECT_DELETED));
        }
        for (Received record : batch.remaining()) {
            if (record.envelope().outcome() instanceof Outcome.Dropped why) {
                letters.add(DeadLetterRow.ofStored(record, why));
            }
        }
        if (!letters.isEmpty()) {
            InsertDeadLetters.run(batch.connection(), letters);
        }
    }
}
