package dev.resentry.storage.expiry;

import dev.resentry.storage.blob.BlobSweep;
import dev.resentry.storage.lease.Leases;
import dev.resentry.storage.retention.Retention;
import dev.resentry.storage.rollup.RollupExpiry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Removes all that is not kept any longer: partitions first, then, step by step, what they leave behind. Any number of processes may
 * try; one at a time does, and after it none for {@link #EVERY}.
 */
public final class ExpiryRun {
    /** How long after a run the next one is due. */
    public static final Duration EVERY = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(ExpiryRun.class);
    private static final String TURN = "expiry";

    /** Above what any single transaction of a run takes. */
    private static final Duration LEASE = Duration.ofMinutes(5);

    private final Leases leases;
    private final PartitionExpiry partitions;
    private final List<ExpiryStep> steps;

    public ExpiryRun(
            DataSource dataSource, PlatformTransactionManager transactions, BlobSweep blobs, Retention retention) {
        JdbcClient jdbc = JdbcClient.create(dataSource);
        var transaction = new TransactionTemplate(transactions);
        this.leases = new Leases(jdbc);
        this.partitions = new PartitionExpiry(jdbc, transaction, retention);
        // Rows that others refer to go behind those that refer to them.
        List<ExpiryStep> all = new ArrayList<>();
        all.add(new ExpiredIssues(jdbc, transaction, retention));
        all.addAll(ExpiryTables.steps(jdbc, retention));
        all.addAll(ExpiredAccess.steps(jdbc, retention));
        all.add(new ExpiredTotals(jdbc, retention));
        all.add(new ExpiredMinutes(new RollupExpiry(jdbc)));
        all.add(new ExpiredBlobs(blobs));
        this.steps = List.copyOf(all);
    }

    /**
     * What a run removed.
     *
     * @param partitions that are dropped
     * @param busy how many partitions were in use; the next run, which is due at once, drops them
     * @param rows of tables without partitions, by the name of the step
     */
    public record Result(List<String> partitions, int busy, Map<String, Long> rows) {
        public Result {
            partitions = List.copyOf(partitions);
            rows = Map.copyOf(rows);
        }
    }

    /**
     * Removes what has expired.
     *
     * @param stopping asked between two transactions; if it says so, the rest is left to the next run
     * @return empty if another process is at it, or was less than {@link #EVERY} ago
     * @throws RuntimeException if a step failed; those behind it were done nevertheless
     */
    public Optional<Result> run(Instant now, BooleanSupplier stopping) {
        String owner = UUID.randomUUID().toString();
        if (!leases.take(TURN, owner, LEASE)) {
            return Optional.empty();
        }
        boolean whole = false;
        try {
            List<String> dropped = new ArrayList<>();
            int busy = drop(now, owner, stopping, dropped);
            Map<String, Long> rows = new TreeMap<>();
            remove(now, owner, stopping, rows);
            whole = busy == 0 && !stopping.getAsBoolean() && leases.take(TURN, owner, EVERY);
            return Optional.of(new Result(dropped, busy, rows));
        } finally {
            if (!whole) {
                leases.giveBack(TURN, owner);
            }
        }
    }

    private int drop(Instant now, String owner, BooleanSupplier stopping, List<String> dropped) {
        int busy = 0;
        for (PartitionExpiry.Partition partition : partitions.expired(now)) {
            if (stopping.getAsBoolean() || !leases.take(TURN, owner, LEASE)) {
                break;
            }
            if (partitions.drop(partition)) {
                dropped.add(partition.name());
                LOG.atInfo().addKeyValue("partition", partition.name()).log("A day has expired");
            } else {
                busy++;
            }
        }
        return busy;
    }

    private void remove(Instant now, String owner, BooleanSupplier stopping, Map<String, Long> rows) {
        RuntimeException failure = null;
        for (ExpiryStep step : steps) {
            try {
                boolean more = true;
                while (more && !stopping.getAsBoolean() && leases.take(TURN, owner, LEASE)) {
                    ExpiryStep.Removed removed = step.removeSome(now);
                    rows.merge(step.name(), removed.rows(), Long::sum);
                    more = removed.more();
                }
            } catch (RuntimeException e) {
                // The other steps have nothing to do with it.
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
