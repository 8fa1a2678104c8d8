package dev.resentry.storage.rollup;

import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.LockOrder;
import dev.resentry.storage.issue.IssueCounts;
import java.sql.Connection;
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
        List<CountedEvent> events = CountedEvent.of(batch);
        IssueCounts counts = batch.get(IssueCounts.class);
        write(
                batch.connection(),
                events,
                List.of(new IssueHours(), new IssueUsers(counts), new IssueTags(), new IssueReleases()));
        counts.write(batch.connection());
        // Projects come last: their rows are those that all processors wait for.
        write(
                batch.connection(),
                events,
                List.of(
                        new ReleaseHours(),
                        new ProjectCounts(Resolution.HOUR, Resolution.HOUR.keptFrom(batch.at())),
                        new ProjectCounts(Resolution.MINUTE, Resolution.MINUTE.keptFrom(batch.at()))));
    }

    private static void write(Connection connection, List<CountedEvent> events, List<Rollup> rollups)
            throws SQLException {
        for (CountedEvent event : events) {
            rollups.forEach(rollup -> rollup.add(event));
        }
        for (Rollup rollup : rollups) {
            rollup.write(connection);
        }
    }
}
