package dev.resentry.embedded.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.embedded.ForkedJava;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class KilledPostgresIT {
    /** Holds data once the first test has started a server in it. */
    @TempDir
    static Path directory;

    private long orphan;

    @AfterEach
    void stopOrphan() {
        ProcessHandle.of(orphan).ifPresent(Postmaster::stop);
    }

    @Test
    @Timeout(90)
    void replacesTheServerThatAKilledProcessLeftRunning() throws Exception {
        int port = killOnceItServes();
        assertThat(ProcessHandle.of(orphan)).get().matches(ProcessHandle::isAlive);

        try (var postgres = EmbeddedPostgres.start(
                        EmbeddedPostgresSettings.in(directory).withPort(port));
                var connection = postgres.connect("postgres")) {
            assertThat(connection.isValid(5)).isTrue();
            assertThat(ProcessHandle.of(orphan)).isEmpty();
        }
    }

    @Test
    @Timeout(90)
    void recoversWhenTheServerWasKilledToo() throws Exception {
        killOnceItServes();
        ProcessHandle server = ProcessHandle.of(orphan).orElseThrow();
        server.destroyForcibly();
        server.onExit().join();
        assertThat(directory.resolve("data/postmaster.pid")).exists();

        // The killed server's own processes see that it is gone, each in its time.
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
            EmbeddedPostgres.start(EmbeddedPostgresSettings.in(directory)).close();
            return true;
        });
    }

    /** After a restart of the machine any program can have the number that the lock file names. */
    @Test
    @Timeout(90)
    void doesNotStopAServerOfOtherDataThatReusesTheProcessId(@TempDir Path elsewhere) throws Exception {
        EmbeddedPostgres.start(EmbeddedPostgresSettings.in(directory)).close();
        try (var other = EmbeddedPostgres.start(EmbeddedPostgresSettings.in(elsewhere))) {
            Files.copy(elsewhere.resolve("data/postmaster.pid"), directory.resolve("data/postmaster.pid"));

            EmbeddedPostgres.start(EmbeddedPostgresSettings.in(directory)).close();

            try (var connection = other.connect("postgres")) {
                assertThat(connection.isValid(5)).isTrue();
            }
        }
    }

    @Test
    @Timeout(90)
    void startsOverWhenItWasKilledWhileItsDataWasMade(@TempDir Path fresh) throws Exception {
        Process process = ForkedJava.start(PostgresAlone.class, fresh.toString());
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> halfMadeIn(fresh).anyMatch(half -> Files.exists(half.resolve("base"))));
        process.destroyForcibly().waitFor();
        assertThat(fresh.resolve("data")).doesNotExist();

        // The orphaned initdb is still at work while the next one begins.
        EmbeddedPostgres.start(EmbeddedPostgresSettings.in(fresh)).close();
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            try (var postgres = EmbeddedPostgres.start(EmbeddedPostgresSettings.in(fresh));
                    var connection = postgres.connect("postgres")) {
                assertThat(connection.isValid(5)).isTrue();
            }
            assertThat(halfMadeIn(fresh)).isEmpty();
        });
    }

    private int killOnceItServes() throws IOException, InterruptedException {
        Process process = ForkedJava.start(PostgresAlone.class, directory.toString());
        int port = Integer.parseInt(process.inputReader().readLine());
        process.destroyForcibly().waitFor();
        orphan = Long.parseLong(
                Files.readAllLines(directory.resolve("data/postmaster.pid")).getFirst());
        return port;
    }

    private static Stream<Path> halfMadeIn(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(path -> path.getFileName().toString().startsWith("data.half")).toList().stream();
        }
    }
}
