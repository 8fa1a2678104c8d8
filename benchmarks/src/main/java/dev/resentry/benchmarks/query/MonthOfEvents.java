package dev.resentry.benchmarks.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.embedded.postgres.EmbeddedPostgres;
import dev.resentry.model.release.ReleaseOrder;
import dev.resentry.model.release.ReleaseVersion;
import dev.resentry.storage.rollup.DistinctUsers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/**
 * Fills an empty, migrated database with a month of events and all that the product counts of them, unless that was done before. A file
 * in the directory tells; without it a half-filled database is refused.
 */
record MonthOfEvents(Path directory, String database, long events) {
    private static final int ISSUES = 20_000;
    private static final int PROJECTS = 50;

    /** Tables in which sets of users stand, and what one of their rows is counted by. */
    private static final String[][] SKETCHED = {
        {"issue_users", "issue_id"},
        {"issue_hours", "issue_id, hour, environment, level"},
        {"issue_releases", "issue_id, release, environment"}
    };

    void fillOnce(EmbeddedPostgres postgres) throws IOException, SQLException {
        Path done = directory.resolve(database + ".filled");
        if (Files.exists(done)) {
            System.out.printf("%s has its %,d events%n", database, events);
            return;
        }
        try (Connection connection = postgres.connect(database)) {
            requireEmpty(connection);
            set(connection, "events", events);
            set(connection, "issues", Math.min(ISSUES, events));
            set(connection, "projects", PROJECTS);
            set(connection, "users", Math.max(1, events / 10));
            for (String part : script().split("(?m)^-----$")) {
                run(connection, part);
            }
            long start = System.nanoTime();
            orderReleases(connection);
            run(connection, "ANALYZE issue_users, issue_hours, issue_releases");
            for (String[] sketched : SKETCHED) {
                sketch(connection, sketched[0], sketched[1]);
            }
            run(connection, "DROP TABLE happened");
            run(connection, "VACUUM (ANALYZE)");
            System.out.printf("%6.1f s  sketches of users, vacuum%n", (System.nanoTime() - start) / 1e9);
        }
        Files.createFile(done);
    }

    private void requireEmpty(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT EXISTS (SELECT FROM projects)")) {
            row.next();
            if (row.getBoolean(1)) {
                throw new IllegalStateException("%s was not filled to its end (expected: an empty database; delete %s)"
                        .formatted(database, directory));
            }
        }
    }

    private static void set(Connection connection, String name, long value) throws SQLException {
        try (PreparedStatement set = connection.prepareStatement("SELECT set_config(?, ?, false)")) {
            set.setString(1, "fill." + name);
            set.setString(2, Long.toString(value));
            set.execute();
        }
    }

    private static String script() throws IOException {
        try (InputStream script =
                Objects.requireNonNull(MonthOfEvents.class.getResourceAsStream("/queries/fill.sql"), "fill.sql")) {
            return new String(script.readAllBytes(), UTF_8);
        }
    }

    private static void run(Connection connection, String statements) throws SQLException {
        long start = System.nanoTime();
        try (Statement statement = connection.createStatement()) {
            statement.execute(statements);
        }
        String first = statements
                .lines()
                .filter(line -> line.startsWith("INSERT")
                        || line.startsWith("DO")
                        || line.startsWith("VACUUM")
                        || line.startsWith("ANALYZE")
                        || line.startsWith("CREATE"))
                .findFirst()
                .orElse("");
        System.out.printf("%6.1f s  %s%n", (System.nanoTime() - start) / 1e9, first);
    }

    /** Keys that SQL cannot make. */
    private static void orderReleases(Connection connection) throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery("SELECT id, version FROM releases");
                PreparedStatement update =
                        connection.prepareStatement("UPDATE releases SET sort_key = ? WHERE id = ?")) {
            while (row.next()) {
                update.setString(1, ReleaseOrder.sortKey(ReleaseVersion.parse(row.getString(2))));
                update.setLong(2, row.getLong(1));
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    /** Makes the sets of many users that the script has left empty. */
    private static void sketch(Connection connection, String table, String key) throws SQLException {
        String columns = "e." + key.replace(", ", ", e.").replace("e.hour", "date_trunc('hour', e.occurred_at, 'UTC')");
        String users = """
            SELECT t.ctid::text, array_agg(DISTINCT e.user_hash)
            FROM %1$s t
            JOIN happened e ON (%2$s) = (%3$s)
            WHERE t.users = ''
            GROUP BY t.ctid
            """.formatted(table, "t." + key.replace(", ", ", t."), columns);
        connection.setAutoCommit(false);
        try (Statement select = connection.createStatement();
                PreparedStatement update =
                        connection.prepareStatement("UPDATE %s SET users = ? WHERE ctid = ?::tid".formatted(table))) {
            select.setFetchSize(50);
            try (ResultSet row = select.executeQuery(users)) {
                while (row.next()) {
                    var set = new DistinctUsers();
                    for (Long user : (Long[]) row.getArray(2).getArray()) {
                        set.add(user);
                    }
                    update.setBytes(1, set.toBytes());
                    update.setString(2, row.getString(1));
                    update.addBatch();
                }
            }
            update.executeBatch();
            connection.commit();
        } finally {
            connection.setAutoCommit(true);
        }
    }
}
