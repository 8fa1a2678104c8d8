package dev.resentry.storage.deadletter;

import dev.resentry.model.outcome.EnvelopeFate;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchRecord;
import dev.resentry.storage.ingest.BatchRecord.Received;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.IngestedItem;
import dev.resentry.storage.ingest.LockOrder;
import dev.resentry.storage.ingest.RecordFate;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the records of which nothing could be made, and the items that failed inside others. Of an envelope that has a row, a
 * letter is a reference.
 */
public final class DeadLetterWriter implements BatchStep {

    @Override
    public LockOrder lockOrder() {
        return LockOrder.DEAD_LETTERS;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        List<DeadLetterRow> letters = new ArrayList<>();
        for (RecordFate fate : batch.fates()) {
            if (fate.fate() == EnvelopeFate.DEAD && fate.why() != null) {
                letters.add(letter(fate.record(), fate.why()));
            }
        }
        for (Received record : batch.remaining()) {
            addItems(record, letters);
        }
        if (!letters.isEmpty()) {
            InsertDeadLetters.run(batch.connection(), letters);
        }
    }

    private static void addItems(Received record, List<DeadLetterRow> letters) {
        int position = 0;
        for (IngestedItem item : record.envelope().items()) {
            if (item.outcome() instanceof Outcome.Dropped why && why.reason().isFailure()) {
                letters.add(DeadLetterRow.ofItem(record, position, item, why));
            }
            position++;
        }
    }

    /** An envelope with this very reason has a row of its own, if it was new; without one, the letter holds the body. */
    private static DeadLetterRow letter(BatchRecord record, Outcome.Dropped why) {
        return record instanceof Received received
                        && received.envelope().outcome().equals(why)
                ? DeadLetterRow.ofStored(received, why)
                : DeadLetterRow.ofRecord(record.source(), why);
    }
}
