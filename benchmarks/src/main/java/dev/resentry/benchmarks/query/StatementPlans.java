package dev.resentry.benchmarks.query;

import dev.resentry.embedded.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Has PostgreSQL write the plans of what the API asks it into its log, as they were carried out. */
record StatementPlans(EmbeddedPostgres postgres, String database, Path log) {
    private static final int MOST_LINES = 60;

    /** Connections that are there do not write plans; the API's pool makes new ones. */
    void begin() throws SQLException {
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER SYSTEM SET session_preload_libraries = 'auto_explain'");
            statement.execute("ALTER SYSTEM SET \"auto_explain.log_min_duration\" = '10ms'");
            statement.execute("ALTER SYSTEM SET \"auto_explain.log_analyze\" = on");
            statement.execute("SELECT pg_reload_conf()");
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s'".formatted(database));
        }
    }

    void end() throws SQLException {
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER SYSTEM RESET ALL");
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    /** Prints what was written while something ran: lines of partitions that nothing was read of are left out. */
    void print(String name, Asked asked) throws IOException, InterruptedException {
        long before = Files.size(log);
        asked.run();
        byte[] all = Files.readAllBytes(log);
        List<String> lines = new String(all, (int) before, (int) (all.length - before), java.nio.charset.StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.contains("never executed"))
                .limit(MOST_LINES)
                .toList();
        System.out.printf("%n%s%n", name);
        lines.forEach(line -> System.out.println("    " + line));
    }

    /** A request. */
    interface Asked {
        void run() throws IOException, InterruptedException;
    }
}
