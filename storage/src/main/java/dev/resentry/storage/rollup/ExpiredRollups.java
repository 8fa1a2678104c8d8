package dev.resentry.storage.rollup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** What was counted of the events of an issue that retention has removed, and that cannot be counted again. */
public final class ExpiredRollups {
    private static final String HOURS = """
            SELECT old.hour, old.environment, old.level, old.project_id, old.events, old.users, new.users
            FROM issue_hours old
            LEFT JOIN issue_hours new ON new.issue_id = ? AND new.hour = old.hour AND new.environment = old.environment
                                     AND new.level = old.level
            WHERE old.issue_id = ? AND old.hour < ?
            """;

    private static final String ADD_HOUR = """
            INSERT INTO issue_hours AS t (issue_id, hour, environment, level, project_id, events, users)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (issue_id, hour, environment, level) DO UPDATE
            SET events = t.events + excluded.events, users = excluded.users
            """;

    private static final String USERS = """
            SELECT old.project_id, old.users, new.users
            FROM issue_users old LEFT JOIN issue_users new ON new.issue_id = ?
            WHERE old.issue_id = ?
            """;

    private static final String PUT_USERS = """
            WITH counted AS (UPDATE issues SET users_affected = ? WHERE id = ?)
            INSERT INTO issue_users (issue_id, project_id, users) VALUES (?, ?, ?)
            ON CONFLICT (issue_id) DO UPDATE SET users = excluded.users
            """;

    private static final String RELEASES = """
            SELECT old.release, old.environment, old.project_id, old.expired_events, old.first_seen, old.last_seen, old.users,
                   new.users
            FROM issue_releases old
            LEFT JOIN issue_releases new ON new.issue_id = ? AND new.release = old.release AND new.environment = old.environment
            WHERE old.issue_id = ? AND old.expired_events > 0
            """;

    private static final String ADD_RELEASE = """
            INSERT INTO issue_releases AS t (issue_id, release, environment, project_id, events, expired_events, first_seen,
                                             last_seen, users)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (issue_id, release, environment) DO UPDATE
            SET events = t.events + excluded.events, expired_events = t.expired_events + excluded.expired_events,
                first_seen = least(t.first_seen, excluded.first_seen), last_seen = greatest(t.last_seen, excluded.last_seen),
                users = excluded.users
            """;

    private ExpiredRollups() {}

    /** Adds what is counted of an issue's expired events to another's. Does nothing if no event of the other's has expired. */
    public static void move(Connection connection, long from, long into) throws SQLException {
        if (hasExpired(connection, into)) {
            moveHours(connection, from, into);
            moveReleases(connection, from, into);
            moveUsers(connection, from, into);
        }
    }

    private static boolean hasExpired(Connection connection, long issue) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT FROM issues WHERE id = ? AND expired_event_count > 0")) {
            select.setLong(1, issue);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    private static void moveHours(Connection connection, long from, long into) throws SQLException {
        OffsetDateTime completeFrom = RollupRebuild.completeFrom(connection)
                .orElse(Instant.parse("9999-01-01T00:00:00Z"))
                .atOffset(ZoneOffset.UTC);
        try (PreparedStatement select = connection.prepareStatement(HOURS);
                PreparedStatement add = connection.prepareStatement(ADD_HOUR)) {
            select.setLong(1, into);
            select.setLong(2, from);
            select.setObject(3, completeFrom);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    DistinctUsers users = union(row.getBytes(6), row.getBytes(7));
                    add.setLong(1, into);
                    add.setObject(2, row.getObject(1, OffsetDateTime.class));
                    add.setString(3, row.getString(2));
                    add.setString(4, row.getString(3));
                    add.setLong(5, row.getLong(4));
                    add.setLong(6, row.getLong(5));
                    add.setBytes(7, users.isEmpty() ? null : users.toBytes());
                    add.addBatch();
                }
            }
            add.executeBatch();
        }
    }

    private static void moveReleases(Connection connection, long from, long into) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(RELEASES);
                PreparedStatement add = connection.prepareStatement(ADD_RELEASE)) {
            select.setLong(1, into);
            select.setLong(2, from);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    DistinctUsers users = union(row.getBytes(7), row.getBytes(8));
                    add.setLong(1, into);
                    add.setString(2, row.getString(1));
                    add.setString(3, row.getString(2));
                    add.setLong(4, row.getLong(3));
                    add.setLong(5, row.getLong(4));
                    add.setLong(6, row.getLong(4));
                    add.setObject(7, row.getObject(5, OffsetDateTime.class));
                    add.setObject(8, row.getObject(6, OffsetDateTime.class));
                    add.setBytes(9, users.isEmpty() ? null : users.toBytes());
                    add.addBatch();
                }
            }
            add.executeBatch();
        }
    }

    private static void moveUsers(Connection connection, long from, long into) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(USERS)) {
            select.setLong(1, into);
            select.setLong(2, from);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return;
                }
                DistinctUsers users = union(row.getBytes(2), row.getBytes(3));
                try (PreparedStatement put = connection.prepareStatement(PUT_USERS)) {
                    put.setLong(1, users.count());
                    put.setLong(2, into);
                    put.setLong(3, into);
                    put.setLong(4, row.getLong(1));
                    put.setBytes(5, users.toBytes());
                    put.executeUpdate();
                }
            }
        }
    }

    private static DistinctUsers union(byte @Nullable [] some, byte @Nullable [] others) {
        DistinctUsers users = DistinctUsers.ofBytes(some);
        users.add(DistinctUsers.ofBytes(others));
        return users;
    }
}
