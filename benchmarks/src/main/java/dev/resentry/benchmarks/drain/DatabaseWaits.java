package dev.resentry.benchmarks.drain;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks ten times a second at what the connections of the services do in PostgreSQL, until it is closed. */
final class DatabaseWaits implements AutoCloseable {
    private static final long EVERY_MILLIS = 100;

    /** A connection in a transaction that is not asked anything waits for its service. */
    private static final String LOOK = """
            SELECT CASE
                WHEN state = 'active' AND wait_event IS NULL THEN 'on a core'
                WHEN state = 'active' THEN wait_event_type || ': ' || wait_event
                ELSE 'in a transaction, waits for its service' END, count(*)
            FROM pg_stat_activity
            WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() AND state <> 'idle'
            GROUP BY 1
            """;

    private final Connection database;
    private final Map<String, Long> seen = new HashMap<>();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("database-waits").unstarted(this::watch);
    private long looks;
    private @Nullable SQLException failure;

    /** @param connection of its own, which is closed with this */
    DatabaseWaits(Connection connection) {
        this.database = connection;
        thread.start();
    }

    /** How many connections did what, on average over all looks; the most first. Ends the looking. */
    List<Map.Entry<String, Double>> averages() throws SQLException, InterruptedException {
        thread.interrupt();
        thread.join();
        if (failure != null) {
            throw failure;
        }
        return seen.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), (double) entry.getValue() / Math.max(1, looks)))
                .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
                .toList();
    }

    private void watch() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                look();
                Thread.sleep(EVERY_MILLIS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            failure = e;
        }
    }

    private void look() throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery(LOOK)) {
            while (rows.next()) {
                seen.merge(rows.getString(1), rows.getLong(2), Long::sum);
            }
        }
        looks++;
    }

    @Override
    public void close() throws SQLException {
        thread.interrupt();
        database.close();
    }
}
