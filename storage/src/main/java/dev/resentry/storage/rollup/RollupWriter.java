package dev.resentry.storage.rollup;

import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.LockOrder;
import java.sql.SQLException;
import java.util.List;

/** Counts the new events of a batch, in its transaction: the counts are true whenever the events are there. */
public final class RollupWriter implements BatchStep {

    @Override
    public LockOrder lockOrder() {
        return LockOrder.ROLLUPS;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        // Projects come last: their rows are those that all processors wait for.
        List<Rollup> rollups = List.of(
                new IssueHours(),
                new IssueUsers(),
                new IssueTags(),
                new IssueReleases(),
                new ReleaseHours(),
                new ProjectCounts(Resolution.HOUR, Resolution.HOUR.keptFrom(batch.at())),
                new ProjectCounts(Resolution.MINUTE, Resolution.MINUTE.keptFrom(batch.at())));
        for (CountedEvent event : CountedEvent.of(batch)) {
            rollups.forEach(rollup -> rollup.add(event));
        }
        for (Rollup rollup : rollups) {
            rollup.write(batch.connection());
        }
    }
}
