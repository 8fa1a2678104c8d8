package dev.resentry.storage.search;

import dev.resentry.storage.database.ReplicatedDataSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs reads of which each statement has a time to be done in, after which the database gives it up. */
public final class BoundedReads {
    /** Qualifies those that a replica may answer. */
    public static final String BY_REPLICA = "readsByReplica";

    private static final Logger LOG = LoggerFactory.getLogger(BoundedReads.class);
    private static final String QUERY_CANCELED = "57014";

    private final JdbcClient jdbc;
    private final TransactionTemplate readOnly;
    private final boolean byReplica;

    public BoundedReads(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.readOnly = new TransactionTemplate(transactions);
        readOnly.setReadOnly(true);
        this.byReplica = false;
    }

    private BoundedReads(JdbcClient jdbc, TransactionTemplate readOnly) {
        this.jdbc = jdbc;
        this.readOnly = readOnly;
        this.byReplica = true;
    }

    /** The same by a replica of the database, if there is one: what is read may be some moments old. */
    public BoundedReads byReplica() {
        return new BoundedReads(jdbc, readOnly);
    }

    /**
     * What some statements read. If a replica gives them up, all of them are asked again of the database.
     *
     * @param limit for each of them
     * @throws SearchTimeoutException if one takes longer
     */
    public <T> T within(Duration limit, Supplier<T> reads) {
        if (!byReplica) {
            return read(limit, reads);
        }
        try {
            return ReplicatedDataSource.byReplica(() -> read(limit, reads));
        } catch (DataAccessException | TransactionException e) {
            // It may have ended meanwhile, or had to remove rows that were read: where it fails hides behind a rollback
            // that fails too.
            LOG.warn("A read at the replica failed, the database is asked: {}", String.valueOf(e.getMessage()));
            return read(limit, reads);
        }
    }

    private <T> T read(Duration limit, Supplier<T> reads) {
        try {
            return readOnly.execute(_ -> {
                // Ends with the transaction, so that the connection's next user has no limit.
                jdbc.sql("SELECT set_config('statement_timeout', :limit, true)")
                        .param("limit", Long.toString(Math.max(1, limit.toMillis())))
                        .query(String.class)
                        .single();
                return reads.get();
            });
        } catch (DataAccessException e) {
            if (isCanceled(e)) {
                throw new SearchTimeoutException(limit, e);
            }
            throw e;
        }
    }

    private static boolean isCanceled(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && QUERY_CANCELED.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }
}
