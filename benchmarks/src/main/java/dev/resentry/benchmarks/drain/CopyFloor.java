package dev.resentry.benchmarks.drain;

import dev.resentry.benchmarks.proc.CpuTimes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * What PostgreSQL takes to write the very rows that a measurement stored, and nothing else: they are copied out, and
 * by binary COPY into empty tables of the same shape with the same indexes, a table after the other on one
 * connection. References between tables are not checked. The least that a product can need which keeps these rows.
 */
final class CopyFloor implements AutoCloseable {
    private static final String TABLES = """
            SELECT quote_ident(c.relname), string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum)
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
            WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
              AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
            GROUP BY 1 ORDER BY 1
            """;

    private final List<Rows> tables = new ArrayList<>();

    private record Rows(String table, String columns, Path file, long count) {}

    /** What the copying in took. */
    record Measured(long rows, long bytes, double seconds, double cpuSeconds) {}

    /** The number of the next transaction, by which rows are told that are written from here on. */
    static long nextTransaction(Connection database) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet number =
                        statement.executeQuery("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")) {
            number.next();
            return number.getLong(1);
        }
    }

    /** Copies out the rows that were written last by transactions from {@code first} up to, without, {@code end}. */
    static CopyFloor export(Connection database, Path directory, long first, long end)
            throws SQLException, IOException {
        Files.createDirectories(directory);
        var floor = new CopyFloor();
        CopyManager copy = database.unwrap(PGConnection.class).getCopyAPI();
        try (Statement statement = database.createStatement();
                ResultSet found = statement.executeQuery(TABLES)) {
            while (found.next()) {
                String table = found.getString(1);
                String columns = found.getString(2);
                Path file = directory.resolve(Integer.toString(floor.tables.size()));
                try (OutputStream out = Files.newOutputStream(file)) {
                    long count = copy.copyOut("""
                            COPY (SELECT %s FROM %s WHERE xmin::text::bigint >= %d AND xmin::text::bigint < %d)
                            TO STDOUT (FORMAT binary)""".formatted(columns, table, first, end), out);
                    if (count > 0) {
                        floor.tables.add(new Rows(table, columns, file, count));
                    }
                }
            }
        }
        return floor;
    }

    Measured measure(Product product) throws SQLException, IOException {
        try (Connection database = product.connect();
                Statement statement = database.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS floor CASCADE");
            statement.execute("CREATE SCHEMA floor");
            for (Rows rows : tables) {
                statement.execute("CREATE TABLE floor.%1$s (LIKE public.%1$s INCLUDING ALL)".formatted(rows.table()));
            }
            // What was to be written of the measurement itself is not this one's.
            statement.execute("CHECKPOINT");
            CopyManager copy = database.unwrap(PGConnection.class).getCopyAPI();
            CpuTimes before = CpuTimes.of(product.pid(), product.postmaster());
            long start = System.nanoTime();
            long count = 0;
            long bytes = 0;
            for (Rows rows : tables) {
                try (InputStream in = Files.newInputStream(rows.file())) {
                    count += copy.copyIn(
                            "COPY floor.%s (%s) FROM STDIN (FORMAT binary)".formatted(rows.table(), rows.columns()),
                            in,
                            64 * 1024);
                    bytes += Files.size(rows.file());
                }
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            double cpu = CpuTimes.of(product.pid(), product.postmaster())
                    .since(before)
                    .postgres();
            statement.execute("DROP SCHEMA floor CASCADE");
            return new Measured(count, bytes, seconds, cpu);
        }
    }

    @Override
    public void close() throws IOException {
        for (Rows rows : tables) {
            Files.deleteIfExists(rows.file());
        }
    }
}
