package dev.resentry.embedded.postgres;

import dev.resentry.embedded.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;

/**
 * A real PostgreSQL beside this process, with data that lasts and a password of its own. It listens on the loopback address
 * only. What a killed process left behind is cleared away at the next start: a server still running, stale lock files, a
 * half-made data directory.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final Duration START_WITHIN = Duration.ofSeconds(60);
    private static final Duration RECOVER_WITHIN = Duration.ofMinutes(10);
    private static final String STARTING_UP = "57P03";
    private static final String WRONG_PASSWORD = "28P01";

    /** For a laptop. What an application is promised is kept: fsync and synchronous_commit stay on. */
    private static final Map<String, String> CONFIGURATION = Map.ofEntries(
            Map.entry("listen_addresses", HOST),
            Map.entry("unix_socket_directories", ""),
            Map.entry("fsync", "on"),
            Map.entry("synchronous_commit", "on"),
            Map.entry("max_connections", "60"),
            Map.entry("shared_buffers", "96MB"),
            Map.entry("wal_compression", "pglz"),
            Map.entry("max_wal_size", "1GB"),
            Map.entry("logging_collector", "off"),
            Map.entry("log_checkpoints", "off"),
            Map.entry("timezone", "UTC"));

    private final Process process;
    private final int port;
    private final String password;

    private EmbeddedPostgres(Process process, int port, String password) {
        this.process = process;
        this.port = port;
        this.password = password;
    }

    /**
     * Starts a server; when this returns, it takes connections.
     *
     * @throws IllegalStateException if it does not come up; the message holds the end of its log
     */
    public static EmbeddedPostgres start(EmbeddedPostgresSettings settings) {
        Path named = settings.directory().toAbsolutePath();
        try {
            Files.createDirectories(named);
            Path directory = named.toRealPath();
            Path binaries = PostgresBinaries.unpackedFor(directory);
            PostgresData data = PostgresData.in(directory, binaries);
            Postmaster.stopOrphan(data.directory());
            int port = settings.port() == 0 ? FreePort.find() : settings.port();
            FreePort.require(port);
            Path log = ServerLog.in(directory);
            Process process = new ProcessBuilder(serverCommand(binaries, data.directory(), port))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            var server = new EmbeddedPostgres(process, port, data.password());
            server.awaitAnswer(log);
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(
                    "PostgreSQL could not be started in %s: %s".formatted(named, e.getMessage()), e);
        }
    }

    /**
     * Changes with what new data is made by: the programs, and how they are asked. Data made under one fingerprint can be copied
     * for another server of the same, while nothing runs on it.
     */
    public static String fingerprint() {
        try {
            return PostgresBinaries.release() + "-" + Integer.toHexString(PostgresData.OPTIONS.hashCode());
        } catch (IOException e) {
            throw new IllegalStateException("PostgreSQL for this platform cannot be read", e);
        }
    }

    /** The server's first process; all others descend from it. */
    public ProcessHandle process() {
        return process.toHandle();
    }

    public String host() {
        return HOST;
    }

    public int port() {
        return port;
    }

    public String user() {
        return PostgresData.USER;
    }

    public String password() {
        return password;
    }

    /** {@code postgresql://user:password@host:port/database}. */
    public String databaseUrl(String database) {
        return "postgresql://%s:%s@%s:%d/%s".formatted(PostgresData.USER, password, host(), port, database);
    }

    /** A new connection to a database; the caller closes it. */
    public Connection connect(String database) throws SQLException {
        var credentials = new Properties();
        credentials.setProperty("user", PostgresData.USER);
        credentials.setProperty("password", password);
        credentials.setProperty("loginTimeout", "10");
        String url = "jdbc:postgresql://%s:%d/%s".formatted(host(), port, database);
        // Not by DriverManager, which finds drivers by the class loader of whichever thread asks first.
        for (Driver driver : ServiceLoader.load(Driver.class, EmbeddedPostgres.class.getClassLoader())) {
            if (driver.acceptsURL(url)) {
                return driver.connect(url, credentials);
            }
        }
        throw new SQLException("no driver takes " + url);
    }

    /** Makes a database unless it is there. */
    public void createDatabaseIfMissing(String name) {
        if (!name.matches("[a-z][a-z0-9_]{0,62}")) {
            throw new IllegalArgumentException(
                    "database name: '%s' (expected: lower-case letters, digits and _)".formatted(name));
        }
        try (Connection connection = connect("postgres");
                PreparedStatement find = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
            find.setString(1, name);
            try (ResultSet found = find.executeQuery()) {
                if (found.next()) {
                    return;
                }
            }
            try (Statement create = connection.createStatement()) {
                create.execute("CREATE DATABASE " + name);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("database %s could not be made".formatted(name), e);
        }
    }

    /** Stops the server without waiting for its clients. */
    @Override
    public void close() {
        if (process.isAlive()) {
            Postmaster.stop(process.toHandle());
        }
    }

    private static List<String> serverCommand(Path binaries, Path data, int port) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                binaries.resolve("bin/postgres").toString(), "-D", data.toString(), "-p", Integer.toString(port)));
        CONFIGURATION.forEach((key, value) -> command.addAll(List.of("-c", key + "=" + value)));
        return Postmaster.command(true, command);
    }

    /** A server that recovers from a kill says that it starts up, and is given the time: it would have to begin anew. */
    private void awaitAnswer(Path log) throws IOException {
        long start = System.nanoTime();
        Duration within = START_WITHIN;
        SQLException last = null;
        while (process.isAlive() && System.nanoTime() - start < within.toNanos()) {
            try (Connection connection = connect("postgres")) {
                if (connection.isValid(5)) {
                    return;
                }
            } catch (SQLException e) {
                last = e;
                if (WRONG_PASSWORD.equals(e.getSQLState())) {
                    break;
                }
                within = STARTING_UP.equals(e.getSQLState()) ? RECOVER_WITHIN : START_WITHIN;
            }
            try {
                Thread.sleep(25);
            } catch (InterruptedException e) {
                close();
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while PostgreSQL starts", e);
            }
        }
        // Before the lines of its stop hide the cause.
        String end = ServerLog.end(log);
        close();
        throw new IllegalStateException("PostgreSQL does not answer: " + end, last);
    }
}
