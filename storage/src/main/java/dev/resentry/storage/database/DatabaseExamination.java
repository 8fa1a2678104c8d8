package dev.resentry.storage.database;

import com.zaxxer.hikari.util.DriverDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * What a database says of itself to somebody who looks for faults.
 *
 * @param pending migrations that this build has and the database lacks; all of them if it is empty
 * @param newer migrations that the database has and this build does not know
 * @param ahead by how much its clock is ahead of ours
 * @param bytes on its disk
 * @param replicas that follow it
 * @param delay how far it is behind the server that it follows; zero if it follows none
 */
public record DatabaseExamination(
        String version,
        List<String> pending,
        List<String> newer,
        boolean unfinishedRestore,
        Duration ahead,
        long bytes,
        int connections,
        int maxConnections,
        boolean replica,
        Duration delay,
        List<Replica> replicas) {

    private static final InstantSource CLOCK = InstantSource.system();

    private static final String SELF = """
            SELECT current_setting('server_version'), pg_database_size(current_database()),
                   (SELECT count(*) FROM pg_stat_activity)::int, current_setting('max_connections')::int, pg_is_in_recovery(),
                   CASE WHEN pg_is_in_recovery() AND pg_last_wal_receive_lsn() IS DISTINCT FROM pg_last_wal_replay_lsn()
                        THEN coalesce(extract(epoch FROM now() - pg_last_xact_replay_timestamp()), 0) ELSE 0 END::double precision,
                   to_regclass('%s') IS NOT NULL, to_regclass('%s') IS NOT NULL
            """.formatted(SchemaMigration.UNFINISHED, SchemaMigration.HISTORY);

    /** Who may not look at other sessions sees them without their names and states. */
    private static final String REPLICAS = """
            SELECT coalesce(application_name, ''), coalesce(state, ''), coalesce(extract(epoch FROM replay_lag), 0)::double precision
            FROM pg_stat_replication ORDER BY 1
            """;

    public DatabaseExamination {
        pending = List.copyOf(pending);
        newer = List.copyOf(newer);
        replicas = List.copyOf(replicas);
    }

    /** A server that follows this one. */
    public record Replica(String name, String state, Duration delay) {}

    /** Looks at a database once. */
    public static DatabaseExamination of(DatabaseAddress address) throws SQLException {
        var properties = new Properties();
        properties.setProperty("ApplicationName", "resentry doctor");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "20");
        var dataSource = new DriverDataSource(
                address.jdbcUrl(), "org.postgresql.Driver", properties, address.user(), address.password());
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            Duration ahead = ahead(statement);
            try (ResultSet row = statement.executeQuery(SELF)) {
                row.next();
                return new DatabaseExamination(
                        row.getString(1),
                        row.getBoolean(7) ? List.of() : new SchemaMigration(dataSource).pending(),
                        row.getBoolean(8) ? newer(connection, new SchemaMigration(dataSource).versions()) : List.of(),
                        row.getBoolean(7),
                        ahead,
                        row.getLong(2),
                        row.getInt(3),
                        row.getInt(4),
                        row.getBoolean(5),
                        seconds(row.getDouble(6)),
                        replicas(connection));
            }
        }
    }

    /** Asked for alone, so that the answer is of the middle of the way there and back. */
    private static Duration ahead(Statement statement) throws SQLException {
        Instant before = CLOCK.instant();
        try (ResultSet row = statement.executeQuery("SELECT clock_timestamp()")) {
            row.next();
            Instant middle =
                    before.plus(Duration.between(before, CLOCK.instant()).dividedBy(2));
            return Duration.between(
                    middle, row.getObject(1, OffsetDateTime.class).toInstant());
        }
    }

    private static List<String> newer(Connection connection, List<String> known) throws SQLException {
        List<String> newer = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT version FROM %s WHERE version IS NOT NULL".formatted(SchemaMigration.HISTORY))) {
            while (rows.next()) {
                if (!known.contains(rows.getString(1))) {
                    newer.add(rows.getString(1));
                }
            }
        }
        return newer;
    }

    private static List<Replica> replicas(Connection connection) throws SQLException {
        List<Replica> replicas = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(REPLICAS)) {
            while (rows.next()) {
                replicas.add(new Replica(rows.getString(1), rows.getString(2), seconds(rows.getDouble(3))));
            }
        }
        return replicas;
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
