package dev.resentry.storage.replay;

import static java.util.Comparator.comparing;

import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchRecord;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.ReplayOrigin;
import dev.resentry.storage.issue.TouchedIssues;
import dev.resentry.storage.retention.Retention;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Stores batches again: makes what is derived from envelopes that are stored what is made of them now. One batch is one transaction,
 * and storing it once more changes nothing. What has no row in {@code envelopes} any more, is a dead letter, or belongs to a
 * deleted project is skipped and counted. No fates, dead letters, outcomes of clients or limits come of it; an open letter is closed
 * whose item is stored now.
 */
public final class ReplayStore {
    private static final InstantSource CLOCK = InstantSource.system();

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final ReplayedIssueNotes notes;
    private final List<BatchStep> steps;
    private final Retention retention;

    /** @param retention of what has expired, nothing comes back */
    public ReplayStore(
            DataSource dataSource,
            PlatformTransactionManager transactions,
            List<BatchStep> steps,
            Retention retention) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.transaction = new TransactionTemplate(transactions);
        this.notes = new ReplayedIssueNotes(dataSource);
        this.steps = steps.stream().sorted(comparing(BatchStep::lockOrder)).toList();
        this.retention = retention;
    }

    /**
     * Stores a batch again, and notes the issues that it touched for their roll-ups.
     *
     * @param jobId the replay
     * @param dryRun whether all but the note of touched issues is undone
     * @param retell whether topic {@code events} is told of all that is stored, and not only of what changed
     * @throws org.springframework.dao.DataAccessException if the database is away or refuses something; nothing has changed
     */
    public ReplayResult replay(long jobId, List<BatchRecord> batch, boolean dryRun, boolean retell) {
        if (!dryRun) {
            steps.forEach(step -> step.prepare(batch));
        }
        ReplayResult result = transaction.execute(status -> {
            ReplayResult done = jdbc.execute((ConnectionCallback<ReplayResult>)
                    connection -> run(connection, new ReplayOrigin(jobId, retell), batch));
            if (dryRun) {
                status.setRollbackOnly();
            } else {
                notes.add(jobId, done.touched());
            }
            return done;
        });
        if (dryRun) {
            notes.add(jobId, result.touched());
        }
        return result;
    }

    private ReplayResult run(Connection connection, ReplayOrigin origin, List<BatchRecord> batch) throws SQLException {
        var context = new BatchContext(
                connection, CLOCK.instant().truncatedTo(ChronoUnit.MICROS), Cause.REPLAY, retention, batch);
        context.put(ReplayOrigin.class, origin);
        for (BatchStep step : steps) {
            step.write(context);
        }
        Map<String, Long> skipped = new TreeMap<>();
        context.exclusions().forEach((why, records) -> skipped.put(why.wireName(), (long) records));
        if (context.unreadable() > 0) {
            skipped.put("invalid_record", (long) context.unreadable());
        }
        return new ReplayResult(
                context.changes(),
                skipped,
                context.get(TouchedIssues.Found.class).issues());
    }
}
