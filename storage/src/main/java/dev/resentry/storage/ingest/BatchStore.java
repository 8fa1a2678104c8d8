package dev.resentry.storage.ingest;

import static java.util.Comparator.comparing;

import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.storage.ingest.BatchRecord.Received;
import dev.resentry.storage.retention.Retention;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Stores batches of envelopes with all that was made of them, and keeps as dead letters what nothing could be made of.
 *
 * <p>One batch is one transaction: all of it is there or nothing. An envelope or an event that is there already changes
 * nothing, so a batch may be stored any number of times, by any number of processors at once: <em>the effect is that of
 * storing it once</em>. Every record of a batch has one fate in the result.
 *
 * <p>What is written is up to its steps, which take locks in the order of {@link LockOrder}.
 */
public final class BatchStore {
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final DayPartitions partitions;
    private final List<BatchStep> steps;
    private final Retention retention;
    private final InstantSource clock;

    /** Keeps what it stores for ever. */
    public BatchStore(DataSource dataSource, PlatformTransactionManager transactions, List<BatchStep> steps) {
        this(dataSource, transactions, steps, Retention.unlimited());
    }

    /** Goes by the system's clock. */
    public BatchStore(
            DataSource dataSource,
            PlatformTransactionManager transactions,
            List<BatchStep> steps,
            Retention retention) {
        this(dataSource, transactions, steps, retention, InstantSource.system());
    }

    /** @param retention of what has expired already, nothing is stored */
    public BatchStore(
            DataSource dataSource,
            PlatformTransactionManager transactions,
            List<BatchStep> steps,
            Retention retention,
            InstantSource clock) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.transaction = new TransactionTemplate(transactions);
        this.partitions = new DayPartitions(JdbcClient.create(dataSource));
        this.steps = steps.stream().sorted(comparing(BatchStep::lockOrder)).toList();
        this.retention = retention;
        this.clock = clock;
    }

    /**
     * Stores a batch.
     *
     * @throws org.springframework.dao.TransientDataAccessException or another exception of its kind if the database cannot
     *     be reached or asks to try again: nothing was stored, and storing the same batch again is right
     * @throws org.springframework.dao.NonTransientDataAccessException if the database refuses something in the batch:
     *     nothing was stored, and storing the same batch again would end the same
     */
    public BatchResult store(List<BatchRecord> batch) {
        return store(batch, null);
    }

    /**
     * Stores the record of a dead letter once more, by steps that retry.
     *
     * @throws org.springframework.dao.DataAccessException as {@link #store} does
     */
    public BatchResult retry(BatchRecord record, Retry retry) {
        return store(List.of(record), retry);
    }

    private BatchResult store(List<BatchRecord> batch, @Nullable Retry retry) {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        partitions.ensure(arrivals(batch, retention.allKeptFrom(at)));
        steps.forEach(step -> step.prepare(batch));
        return transaction.execute(
                _ -> jdbc.execute((ConnectionCallback<BatchResult>) connection -> store(connection, at, batch, retry)));
    }

    private BatchResult store(Connection connection, Instant at, List<BatchRecord> batch, @Nullable Retry retry)
            throws SQLException {
        var context = new BatchContext(connection, at, Cause.LIVE, retry, retention, batch);
        for (BatchStep step : steps) {
            step.write(context);
        }
        return new BatchResult(context.fates(), context.rows(ItemRow.class).size(), context.duplicateItems());
    }

    /** Days from before are up to the step that knows what expires. */
    private static Set<Instant> arrivals(List<BatchRecord> batch, Instant since) {
        Set<Instant> arrivals = new HashSet<>();
        for (BatchRecord record : batch) {
            if (record instanceof Received(SourceRecord _, IngestedEnvelope envelope)) {
                Instant receivedAt = envelope.raw().receipt().receivedAt();
                if (!receivedAt.isBefore(since)) {
                    arrivals.add(receivedAt);
                }
            }
        }
        return arrivals;
    }
}
