package dev.resentry.benchmarks.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.embedded.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;

/** Has PostgreSQL write the plans of what the API asks it into its log, as they were carried out. */
record StatementPlans(EmbeddedPostgres postgres, String database, Path log) {
    private static final int MOST_LINES = 80;
    private static final int MOST_CONNECTIONS = 20;
    private static final Pattern PARTITION = Pattern.compile("_20\\d{6}");

    /** Connections that are there do not write plans; the API's pool makes new ones once the server knows that they are to. */
    void begin() throws SQLException, InterruptedException {
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER SYSTEM SET session_preload_libraries = 'auto_explain'");
            statement.execute("ALTER SYSTEM SET \"auto_explain.log_min_duration\" = '10ms'");
            statement.execute("ALTER SYSTEM SET \"auto_explain.log_analyze\" = on");
            statement.execute("SELECT pg_reload_conf()");
            int tries = 0;
            while (!areWritten() && tries++ < MOST_CONNECTIONS) {
                Thread.sleep(50);
            }
            statement.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s'".formatted(database));
        }
    }

    private boolean areWritten() throws SQLException {
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW session_preload_libraries")) {
            return row.next() && row.getString(1).contains("auto_explain");
        }
    }

    void end() throws SQLException {
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER SYSTEM RESET ALL");
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    /** Prints what was written while something ran: of partitions the first two. */
    void print(String name, Asked asked) throws IOException, InterruptedException {
        // The first connections are those that are gone.
        int tries = 0;
        while (asked.status() != 200 && tries < MOST_CONNECTIONS) {
            tries++;
        }
        long before = Files.size(log);
        asked.status();
        byte[] all = Files.readAllBytes(log);
        System.out.printf("%n%s%n", name);
        int lines = 0;
        int partitions = 0;
        boolean isLeftOut = false;
        for (String line : new String(all, (int) before, (int) (all.length - before), UTF_8)
                .lines()
                .toList()) {
            if (line.contains("->")) {
                boolean isPartition = PARTITION.matcher(line).find();
                partitions += isPartition && line.contains("Scan") ? 1 : 0;
                isLeftOut = line.contains("never executed") || (isPartition && partitions > 2);
            }
            if (!isLeftOut && lines++ < MOST_LINES) {
                System.out.println("    " + line);
            }
        }
    }

    /** A request. */
    interface Asked {
        int status() throws IOException, InterruptedException;
    }
}
