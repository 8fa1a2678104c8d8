package dev.resentry.storage.issue;

import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.LockOrder;
import java.sql.SQLException;
import java.util.List;

/** Of a replay: finds the issues whose events the steps in front changed, by comparing their rows with those from before. */
public final class TouchedIssues implements BatchStep {

    /** The issues of a batch, in the order of their ids. */
    public record Found(List<TouchedIssue> issues) {
        public Found {
            issues = List.copyOf(issues);
        }
    }

    @Override
    public LockOrder lockOrder() {
        return LockOrder.ROWS;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        FiledEvents before = batch.get(FiledEvents.class);
        FiledEvents after = FiledEvents.read(batch.connection(), batch.receipts());
        batch.put(Found.class, new Found(before.differences(after)));
        batch.put(RenamedIssues.Candidates.class, new RenamedIssues.Candidates(before.renamed(after)));
    }
}
