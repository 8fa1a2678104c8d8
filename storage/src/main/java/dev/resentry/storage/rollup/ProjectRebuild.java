package dev.resentry.storage.rollup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Counts the events of a project in some whole hours again.
 *
 * @param end the first hour that is not counted
 * @param minutesFrom the first minute that is kept
 */
record ProjectRebuild(long projectId, Instant begin, Instant end, Instant minutesFrom) {
    private static final String LOCK = """
            SELECT EXISTS (SELECT FROM issues i WHERE i.project_id = p.id AND i.expired_event_count > 0)
            FROM projects p WHERE p.id = ? FOR UPDATE OF p
            """;

    private static final String REMOVE_RELEASES = """
            DELETE FROM release_hours WHERE project_id = ? AND hour >= ? AND hour < ?
            """;

    private static final String COUNT_RELEASES = """
            INSERT INTO release_hours (project_id, release, hour, environment, events)
            SELECT project_id, release, date_trunc('hour', occurred_at, 'UTC'), coalesce(environment, ''), count(*)
            FROM events
            WHERE project_id = ? AND occurred_at >= ? AND occurred_at < ? AND received_at >= ? - interval '1 minute'
              AND release IS NOT NULL
            GROUP BY 1, 2, 3, 4
            """;

    /** One transaction. */
    boolean run(Connection connection) throws SQLException {
        Instant first = begin;
        try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
            lock.setLong(1, projectId);
            try (ResultSet row = lock.executeQuery()) {
                if (!row.next()) {
                    return false;
                }
                if (row.getBoolean(1)) {
                    first = later(begin, RollupRebuild.completeFrom(connection).orElse(end));
                }
            }
        }
        recount(connection, Resolution.HOUR, first);
        recount(connection, REMOVE_RELEASES, COUNT_RELEASES, first);
        recount(connection, Resolution.MINUTE, later(first, minutesFrom));
        return true;
    }

    private void recount(Connection connection, Resolution resolution, Instant first) throws SQLException {
        String remove = """
                DELETE FROM %1$s WHERE project_id = ? AND %2$s >= ? AND %2$s < ?
                """.formatted(resolution.table(), resolution.column());
        // An event arrives a minute before its own time at the earliest, which leaves out the partitions of earlier
        // days.
        String count = """
                INSERT INTO %1$s (project_id, %2$s, level, environment, events)
                SELECT project_id, date_trunc('%2$s', occurred_at, 'UTC'), level, coalesce(environment, ''), count(*)
                FROM events
                WHERE project_id = ? AND occurred_at >= ? AND occurred_at < ? AND received_at >= ? - interval '1 minute'
                GROUP BY 1, 2, 3, 4
                """.formatted(resolution.table(), resolution.column());
        recount(connection, remove, count, first);
    }

    private void recount(Connection connection, String remove, String count, Instant first) throws SQLException {
        if (!first.isBefore(end)) {
            return;
        }
        OffsetDateTime from = first.atOffset(ZoneOffset.UTC);
        OffsetDateTime to = end.atOffset(ZoneOffset.UTC);
        try (PreparedStatement delete = connection.prepareStatement(remove);
                PreparedStatement insert = connection.prepareStatement(count)) {
            delete.setLong(1, projectId);
            delete.setObject(2, from);
            delete.setObject(3, to);
            delete.executeUpdate();
            insert.setLong(1, projectId);
            insert.setObject(2, from);
            insert.setObject(3, to);
            insert.setObject(4, from);
            insert.executeUpdate();
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
