package dev.resentry.storage.expiry;

import dev.resentry.storage.retention.DataKind;
import dev.resentry.storage.retention.Retention;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Drops the partitions of days that are not kept any longer: each in a transaction of its own, which waits for a lock no longer than
 * batches may wait behind it. What issues need of their dropped events stays counted on them.
 */
final class PartitionExpiry {
    private static final String EXPIRED = """
            SELECT t.name AS parent, child.relname AS name, t.kind, to_date(right(child.relname, 8), 'YYYYMMDD') AS day
            FROM partitioned_tables t
            JOIN pg_inherits i ON i.inhparent = to_regclass(quote_ident(t.name))
            JOIN pg_class child ON child.oid = i.inhrelid
            ORDER BY day, parent
            """;

    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String DEADLOCK = "40P01";

    /** Batches wait as long as this does. */
    private static final String LOCK_TIMEOUT = "SELECT set_config('lock_timeout', '500ms', true)";

    /** Batches with arrivals of expired days hold it shared. */
    private static final String HOLD = "SELECT pg_advisory_xact_lock(hashtext('resentry.expired_days'))";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Retention retention;

    PartitionExpiry(JdbcClient jdbc, TransactionTemplate transaction, Retention retention) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.retention = retention;
    }

    /** A partition of one UTC day. */
    record Partition(String parent, String name, DataKind kind, LocalDate day) {}

    /** The partitions whose day has passed its retention, the oldest first. */
    List<Partition> expired(Instant now) {
        return jdbc
                .sql(EXPIRED)
                .query((row, _) -> new Partition(
                        row.getString("parent"),
                        row.getString("name"),
                        DataKind.of(row.getString("kind")),
                        row.getObject("day", LocalDate.class)))
                .list()
                .stream()
                .filter(partition -> partition
                        .day()
                        .isBefore(LocalDate.ofInstant(retention.keptFrom(partition.kind(), now), ZoneOffset.UTC)))
                .toList();
    }

    /**
     * Drops a partition with all its rows.
     *
     * @return false if others use it, or the table: nothing has changed then, and a later try is right
     */
    boolean drop(Partition partition) {
        String name = '"' + partition.name().replace("\"", "\"\"") + '"';
        try {
            transaction.executeWithoutResult(_ -> {
                read(LOCK_TIMEOUT);
                read(HOLD);
                if (partition.parent().equals("events")) {
                    jdbc.sql("LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE".formatted(name))
                            .update();
                    countExpired(name);
                }
                jdbc.sql("DROP TABLE " + name).update();
            });
            return true;
        } catch (DataAccessException e) {
            if (isAboutLocks(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Locks issues in the order in which batches do, and with them their roll-ups. Nobody writes to the partition meanwhile. */
    private void countExpired(String partition) {
        jdbc.sql("""
                        WITH gone AS (
                            SELECT issue_id, count(*) AS events FROM %s GROUP BY issue_id),
                        locked AS (
                            SELECT i.id, gone.events FROM issues i JOIN gone ON gone.issue_id = i.id
                            ORDER BY i.id
                            FOR NO KEY UPDATE OF i)
                        UPDATE issues i SET expired_event_count = i.expired_event_count + locked.events
                        FROM locked WHERE i.id = locked.id
                        """.formatted(partition)).update();
        jdbc.sql("""
                        WITH gone AS (
                            SELECT issue_id, release, coalesce(environment, '') AS environment, count(*) AS events
                            FROM %s WHERE release IS NOT NULL
                            GROUP BY 1, 2, 3)
                        UPDATE issue_releases r SET expired_events = r.expired_events + gone.events
                        FROM gone
                        WHERE r.issue_id = gone.issue_id AND r.release = gone.release AND r.environment = gone.environment
                        """.formatted(partition)).update();
    }

    private static boolean isAboutLocks(DataAccessException failure) {
        return failure.getMostSpecificCause() instanceof SQLException cause
                && (LOCK_NOT_AVAILABLE.equals(cause.getSQLState()) || DEADLOCK.equals(cause.getSQLState()));
    }

    private void read(String sql) {
        jdbc.sql(sql).query((_, _) -> "").list();
    }
}
