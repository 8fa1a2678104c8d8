package dev.resentry.embedded.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresIT {
    /** Holds data once the first test has started a server in it. */
    @TempDir
    static Path directory;

    @Test
    @Timeout(90)
    void keepsRowsOverARestartOnTheSamePort() throws Exception {
        int port;
        try (var postgres = EmbeddedPostgres.start(EmbeddedPostgresSettings.in(directory))) {
            port = postgres.port();
            postgres.createDatabaseIfMissing("kept");
            postgres.createDatabaseIfMissing("kept");
            try (var connection = postgres.connect("kept");
                    var statement = connection.createStatement()) {
                statement.execute("CREATE TABLE t AS SELECT 7 AS n");
            }
        }

        try (var postgres = EmbeddedPostgres.start(
                        EmbeddedPostgresSettings.in(directory).withPort(port));
                var connection = postgres.connect("kept");
                var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT n FROM t")) {
            row.next();
            assertThat(row.getInt(1)).isEqualTo(7);
            assertThat(postgres.port()).isEqualTo(port);
        }
    }

    @Test
    @Timeout(90)
    void startsOverWhenTheMakingOfItsDataWasCutOff(@TempDir Path halfMade) throws Exception {
        Files.createDirectories(halfMade.resolve("data.half/base"));
        Files.writeString(halfMade.resolve("data.half/PG_VERSION"), "18");

        try (var postgres = EmbeddedPostgres.start(EmbeddedPostgresSettings.in(halfMade));
                var connection = postgres.connect("postgres")) {
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    @Test
    @Timeout(90)
    void refusesLoginsWithoutThePassword() throws Exception {
        try (var postgres = EmbeddedPostgres.start(EmbeddedPostgresSettings.in(directory))) {
            String url = "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(postgres.port());

            assertThatThrownBy(() -> DriverManager.getConnection(url, "resentry", "guessed"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("password"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    @Timeout(90)
    void saysAtOnceThatItsPasswordIsNotThatOfTheData() throws Exception {
        EmbeddedPostgres.start(EmbeddedPostgresSettings.in(directory)).close();
        Path password = directory.resolve("password");
        Path kept = Files.move(password, directory.resolve("password.kept"));
        try {
            assertThatThrownBy(() -> EmbeddedPostgres.start(EmbeddedPostgresSettings.in(directory)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("password is missing");
            Files.writeString(password, "guessed");
            assertThatThrownBy(() -> EmbeddedPostgres.start(EmbeddedPostgresSettings.in(directory)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("password authentication failed");
        } finally {
            Files.move(kept, password, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Test
    @Timeout(90)
    void namesAPortThatCannotBeUsed() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var settings = EmbeddedPostgresSettings.in(directory).withPort(taken.getLocalPort());

            assertThatThrownBy(() -> EmbeddedPostgres.start(settings))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(
                            "port %d of the loopback address cannot be used".formatted(taken.getLocalPort()));
        }
    }

    @Test
    @Timeout(90)
    void keepsWhatItAcknowledges() throws Exception {
        try (var postgres = EmbeddedPostgres.start(EmbeddedPostgresSettings.in(directory));
                var connection = postgres.connect("postgres");
                var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT current_setting('fsync'), current_setting('synchronous_commit'), version()")) {
            row.next();
            assertThat(row.getString(1)).isEqualTo("on");
            assertThat(row.getString(2)).isEqualTo("on");
            assertThat(row.getString(3)).startsWith("PostgreSQL 18");
        }
    }
}
