package dev.resentry.storage.rollup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Counts the transactions that ended in an hour of a project again.
 *
 * @param minutesFrom the first minute that is kept
 */
record TransactionRebuild(long projectId, Instant hour, Instant minutesFrom) {
    private static final String LOCK = "SELECT FROM projects WHERE id = ? FOR UPDATE";

    /** A transaction arrives a minute before its own end at the earliest, which leaves out the partitions of earlier days. */
    private static final String ROWS = """
            FROM transactions
            WHERE project_id = ? AND ended_at >= ? AND ended_at < ? AND received_at >= ? - interval '1 minute'
            """;

    private static final String COUNTS = """
            SELECT (SELECT count(*) %s),
                   (SELECT coalesce(sum(transactions), 0) FROM transaction_hours WHERE project_id = ? AND hour = ?)
            """.formatted(ROWS);

    /** What has a row of its own keeps it; of the rest, what ended first gets one. */
    private static final String APART = """
            CREATE TEMPORARY TABLE transaction_keys ON COMMIT DROP AS
            SELECT name, op, http_method, environment
            FROM (SELECT k.*, EXISTS (
                             SELECT FROM transaction_hours h
                             WHERE h.project_id = ? AND h.hour = ?
                               AND (h.name, h.op, h.http_method, h.environment) = (k.name, k.op, k.http_method, k.environment)) AS known
                  FROM (SELECT name, coalesce(op, '') AS op, coalesce(http_method, '') AS http_method,
                               coalesce(environment, '') AS environment, min(ended_at) AS first
                        %s
                        GROUP BY 1, 2, 3, 4) AS k) AS ranked
            ORDER BY known DESC, first, name, op, http_method, environment
            LIMIT %d
            """.formatted(ROWS, TransactionCounts.MOST_KEYS);

    private static final String SOURCE = """
            SELECT t.project_id, t.ended_at, coalesce(k.name, '%s') AS name, coalesce(k.op, '') AS op,
                   coalesce(k.http_method, '') AS http_method, coalesce(k.environment, '') AS environment, t.status, t.duration_us
            FROM (SELECT project_id, ended_at, name, coalesce(op, '') AS op, coalesce(http_method, '') AS http_method,
                         coalesce(environment, '') AS environment, status, round(duration_ms * 1000)::bigint AS duration_us
                  %s) AS t
            LEFT JOIN transaction_keys k USING (name, op, http_method, environment)
            """.formatted(TransactionCounts.OTHER, ROWS);

    private static final String OLDEST_DAY = """
            SELECT min(to_date(right(inhrelid::regclass::text, 8), 'YYYYMMDD'))::timestamp AT TIME ZONE 'UTC'
            FROM pg_inherits WHERE inhparent = 'transactions'::regclass
            """;

    /** One transaction. */
    boolean run(Connection connection) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
            lock.setLong(1, projectId);
            try (ResultSet row = lock.executeQuery()) {
                if (!row.next()) {
                    return false;
                }
            }
        }
        if (!isToCount(connection)) {
            return true;
        }
        try (PreparedStatement keys = connection.prepareStatement(APART)) {
            keys.setLong(1, projectId);
            keys.setObject(2, at(hour));
            bindRows(keys, 3, hour);
            keys.executeUpdate();
        }
        recount(connection, Resolution.HOUR, hour);
        recount(connection, Resolution.MINUTE, minutesFrom.isAfter(hour) ? minutesFrom : hour);
        return true;
    }

    /** Of hours before the oldest kept day of arrival, and of the one behind its begin, rows may be gone. */
    private boolean mayHaveExpired(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(OLDEST_DAY);
                ResultSet row = select.executeQuery()) {
            row.next();
            return Optional.ofNullable(row.getObject(1, OffsetDateTime.class))
                    .map(day -> hour.isBefore(day.toInstant().plus(1, ChronoUnit.HOURS)))
                    .orElse(true);
        }
    }

    /** Whether there is anything, and what has expired would not be missing from it. */
    private boolean isToCount(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(COUNTS)) {
            bindRows(select, 1, hour);
            select.setLong(5, projectId);
            select.setObject(6, at(hour));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                long rows = row.getLong(1);
                long counted = row.getLong(2);
                return (rows > 0 && rows >= counted) || (counted > 0 && !mayHaveExpired(connection));
            }
        }
    }

    private void recount(Connection connection, Resolution resolution, Instant first) throws SQLException {
        if (!first.isBefore(end())) {
            return;
        }
        String remove = """
                DELETE FROM %1$s WHERE project_id = ? AND %2$s >= ? AND %2$s < ?
                """.formatted(TransactionCounts.table(resolution), resolution.column());
        try (PreparedStatement delete = connection.prepareStatement(remove);
                PreparedStatement insert = connection.prepareStatement(TransactionCounts.add(resolution, SOURCE))) {
            delete.setLong(1, projectId);
            delete.setObject(2, at(first));
            delete.setObject(3, at(end()));
            delete.executeUpdate();
            bindRows(insert, 1, first);
            insert.executeUpdate();
        }
    }

    /** Binds the four parameters of {@link #ROWS}. */
    private void bindRows(PreparedStatement statement, int index, Instant first) throws SQLException {
        statement.setLong(index, projectId);
        statement.setObject(index + 1, at(first));
        statement.setObject(index + 2, at(end()));
        statement.setObject(index + 3, at(first));
    }

    private Instant end() {
        return hour.plus(1, ChronoUnit.HOURS);
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
