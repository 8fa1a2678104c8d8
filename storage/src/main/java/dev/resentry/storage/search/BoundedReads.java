package dev.resentry.storage.search;

import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs reads of which each statement has a time to be done in, after which the database gives it up. */
public final class BoundedReads {
    private static final String QUERY_CANCELED = "57014";

    private final JdbcClient jdbc;
    private final TransactionTemplate readOnly;

    public BoundedReads(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.readOnly = new TransactionTemplate(transactions);
        readOnly.setReadOnly(true);
    }

    /**
     * What some statements read.
     *
     * @param limit for each of them
     * @throws SearchTimeoutException if one takes longer
     */
    public <T> T within(Duration limit, Supplier<T> reads) {
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
