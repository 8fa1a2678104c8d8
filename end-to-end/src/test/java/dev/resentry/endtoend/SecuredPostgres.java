package dev.resentry.endtoend;

import static org.awaitility.Awaitility.await;

import dev.resentry.embedded.FreePort;
import dev.resentry.embedded.postgres.EmbeddedPostgres;
import dev.resentry.embedded.postgres.EmbeddedPostgresSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A PostgreSQL that takes connections by TLS only, and a replica that follows it. */
final class SecuredPostgres implements AutoCloseable {
    private static final String DATABASE = "resentry";

    private final Certificates certificates;
    private final String password;
    private final Server primary;
    private final Server replica;

    private record Server(Process process, int port) {}

    private SecuredPostgres(Certificates certificates, String password, Server primary, Server replica) {
        this.certificates = certificates;
        this.password = password;
        this.primary = primary;
        this.replica = replica;
    }

    static SecuredPostgres start(Path directory, Certificates certificates) throws IOException {
        String password;
        String program;
        try (EmbeddedPostgres maker = EmbeddedPostgres.start(EmbeddedPostgresSettings.in(directory))) {
            maker.createDatabaseIfMissing(DATABASE);
            password = maker.password();
            program = maker.process().info().command().orElseThrow();
        }
        Path data = directory.resolve("data");
        // There is no line for connections without TLS.
        Files.write(
                data.resolve("pg_hba.conf"),
                List.of(
                        "hostssl all all 127.0.0.1/32 scram-sha-256",
                        "hostssl replication all 127.0.0.1/32 scram-sha-256"));
        int port = FreePort.find();
        Path copy = directory.resolve("replica");
        copy(data, copy);
        Files.createFile(copy.resolve("standby.signal"));
        Files.writeString(
                copy.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=127.0.0.1 port=%d user=resentry password=%s sslmode=verify-full sslrootcert=%s'%n"
                        .formatted(port, password, certificates.certificate()),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING);
        var primary = new Server(run(program, data, port, certificates, "primary"), port);
        int other = FreePort.find();
        var started = new SecuredPostgres(
                certificates, password, primary, new Server(run(program, copy, other, certificates, "replica"), other));
        await("the replica follows")
                .atMost(Duration.ofMinutes(1))
                .ignoreExceptions()
                .until(started::isFollowed);
        return started;
    }

    private static Process run(String program, Path data, int port, Certificates certificates, String name)
            throws IOException {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            // It does not run as root.
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(program, "-D", data.toString(), "-p", Integer.toString(port)));
        for (String setting : List.of(
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "max_connections=80",
                "wal_level=replica",
                "hot_standby_feedback=on",
                "wal_keep_size=256MB",
                "ssl=on",
                "ssl_cert_file=" + certificates.certificate(),
                "ssl_key_file=" + certificates.key(),
                "timezone=UTC")) {
            command.addAll(List.of("-c", setting));
        }
        Path log = Files.createDirectories(Path.of("target", "logs")).resolve("postgres-%s.log".formatted(name));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private boolean isFollowed() throws SQLException {
        return number(primary, "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'") == 1;
    }

    /** How many scans of its tables the replica has made; to ask for it makes none. */
    long scansOfReplica() throws SQLException {
        return number(
                replica,
                "SELECT coalesce(sum(coalesce(seq_scan, 0) + coalesce(idx_scan, 0)), 0)::bigint FROM pg_stat_user_tables");
    }

    private long number(Server server, String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:%d/%s?%s".formatted(server.port(), DATABASE, parameters()),
                        "resentry",
                        password);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private String parameters() {
        return "sslmode=verify-full&sslrootcert=" + certificates.certificate();
    }

    /** As {@code DATABASE_URL} has it. */
    String url() {
        return url(primary);
    }

    /** As {@code DATABASE_READ_URL} has it. */
    String readUrl() {
        return url(replica);
    }

    private String url(Server server) {
        return "postgresql://resentry:%s@127.0.0.1:%d/%s?%s".formatted(password, server.port(), DATABASE, parameters());
    }

    void killReplica() {
        stop(replica.process());
    }

    /** Its processes end with the first of them. */
    private static void stop(Process process) {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        stop(replica.process());
        stop(primary.process());
    }
}
