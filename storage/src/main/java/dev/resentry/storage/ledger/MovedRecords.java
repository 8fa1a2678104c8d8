package dev.resentry.storage.ledger;

import dev.resentry.model.outcome.EnvelopeFate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Accounts for records that a restore put on a new topic, where they are processed and counted: on the topic that was, those that were not
 * processed are duplicates of these, and not lost.
 */
public final class MovedRecords {
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    public MovedRecords(DataSource dataSource) {
        jdbc = new JdbcTemplate(dataSource);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    }

    /**
     * Accounts for the records of a topic that is no more.
     *
     * @param ends behind the last record of each partition that was moved
     * @return how many had not been processed
     */
    public long account(String topic, UUID topicId, Map<Integer, Long> ends) {
        Long moved = transaction.execute(
                _ -> jdbc.execute((Connection connection) -> account(connection, topic, topicId, ends)));
        return moved == null ? 0 : moved;
    }

    private static long account(Connection connection, String topic, UUID topicId, Map<Integer, Long> ends)
            throws SQLException {
        long moved = 0;
        for (Map.Entry<Integer, Long> entry : new TreeMap<>(ends).entrySet()) {
            long end = entry.getValue();
            PartitionFates fates = PartitionFates.lock(connection, topicId, entry.getKey(), topic, end);
            long next = fates.nextOffset();
            if (end > next) {
                long[] filled = new long[1];
                fates.update(next, end - 1, runs -> filled[0] = runs.fill(next, end, EnvelopeFate.DUPLICATE));
                moved += filled[0];
            }
        }
        return moved;
    }
}
