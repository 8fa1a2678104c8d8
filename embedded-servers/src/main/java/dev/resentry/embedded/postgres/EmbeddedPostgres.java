package dev.resentry.embedded.postgres;

import dev.resentry.embedded.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * A real PostgreSQL beside this process, with data that lasts and a password of its own. It listens on the loopback address
 * only. What a killed process left behind is cleared away at the next start: a server still running, stale lock files, a
 * half-made data directory.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final String USER = "resentry";
    private static final Duration START_WITHIN = Duration.ofSeconds(60);

    /** For a laptop. What an application is promised is kept: fsync and synchronous_commit stay on. */
    private static final Map<String, String> CONFIGURATION = Map.of(
            "listen_addresses", "127.0.0.1",
            "unix_socket_directories", "",
            "max_connections", "60",
            "shared_buffers", "96MB",
            "wal_compression", "pglz",
            "max_wal_size", "1GB",
            "logging_collector", "off",
            "log_checkpoints", "off",
            "timezone", "UTC");

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
        Path directory = settings.directory().toAbsolutePath();
        try {
            Files.createDirectories(directory);
            Path binaries = PostgresBinaries.unpackedIn(directory);
            Path data = directory.resolve("data");
            String password = password(directory);
            if (!Files.exists(data)) {
                initialize(binaries, directory, data);
            }
            Postmaster.stopOrphan(data);
            int port = settings.port() == 0 ? FreePort.find() : settings.port();
            Path log = directory.resolve("postgres.log");
            Process process = new ProcessBuilder(serverCommand(binaries, data, port))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            var server = new EmbeddedPostgres(process, port, password);
            server.awaitAnswer(log);
            return server;
        } catch (IOException e) {
            throw new IllegalStateException("PostgreSQL could not be started in " + directory, e);
        }
    }

    public String host() {
        return "127.0.0.1";
    }

    public int port() {
        return port;
    }

    public String user() {
        return USER;
    }

    public String password() {
        return password;
    }

    /** {@code postgresql://user:password@host:port/database}. */
    public String databaseUrl(String database) {
        return "postgresql://%s:%s@%s:%d/%s".formatted(USER, password, host(), port, database);
    }

    /** A new connection to a database; the caller closes it. */
    public Connection connect(String database) throws SQLException {
        var credentials = new Properties();
        credentials.setProperty("user", USER);
        credentials.setProperty("password", password);
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

    private static List<String> serverCommand(Path binaries, Path data, int port) {
        List<String> command = new ArrayList<>(List.of(
                binaries.resolve("bin/postgres").toString(), "-D", data.toString(), "-p", Integer.toString(port)));
        CONFIGURATION.forEach((key, value) -> command.addAll(List.of("-c", key + "=" + value)));
        return Postmaster.command(true, command);
    }

    /** Made once and kept where only its owner reads it. */
    private static String password(Path directory) throws IOException {
        Path file = directory.resolve("password");
        if (Files.exists(file) && Files.size(file) > 0) {
            return Files.readString(file).strip();
        }
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        Path half = directory.resolve("password.half");
        Files.deleteIfExists(half);
        Files.createFile(half, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(half, HexFormat.of().formatHex(random));
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return Files.readString(file);
    }

    /** A data directory that bears the final name is whole, whenever the making of it was cut off. */
    private static void initialize(Path binaries, Path directory, Path data) throws IOException {
        Path half = directory.resolve("data.half");
        PostgresBinaries.deleteTree(half);
        Path log = directory.resolve("initdb.log");
        Process initdb = new ProcessBuilder(Postmaster.command(
                        false,
                        List.of(
                                binaries.resolve("bin/initdb").toString(),
                                "-D",
                                half.toString(),
                                "-U",
                                USER,
                                "-A",
                                "scram-sha-256",
                                "--pwfile=" + directory.resolve("password"),
                                "-E",
                                "UTF8",
                                "--locale=C",
                                "--no-instructions")))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (initdb.waitFor() != 0) {
                throw new IllegalStateException("PostgreSQL's data could not be made: " + end(log));
            }
        } catch (InterruptedException e) {
            initdb.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while PostgreSQL's data is made", e);
        }
        Files.move(half, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private void awaitAnswer(Path log) throws IOException {
        long deadline = System.nanoTime() + START_WITHIN.toNanos();
        SQLException last = null;
        while (process.isAlive() && System.nanoTime() < deadline) {
            try (Connection connection = connect("postgres")) {
                if (connection.isValid(5)) {
                    return;
                }
            } catch (SQLException e) {
                last = e;
            }
            try {
                Thread.sleep(25);
            } catch (InterruptedException e) {
                close();
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while PostgreSQL starts", e);
            }
        }
        close();
        throw new IllegalStateException("PostgreSQL does not answer: " + end(log), last);
    }

    private static String end(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            List<String> all = lines.toList();
            return String.join(" | ", all.subList(Math.max(0, all.size() - 3), all.size()));
        }
    }
}
