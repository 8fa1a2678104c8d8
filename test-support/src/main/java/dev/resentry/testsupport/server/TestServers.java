package dev.resentry.testsupport.server;

import dev.resentry.embedded.kafka.EmbeddedKafka;
import dev.resentry.embedded.kafka.EmbeddedKafkaSettings;
import dev.resentry.embedded.postgres.EmbeddedPostgres;
import dev.resentry.embedded.postgres.EmbeddedPostgresSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A Kafka broker and a PostgreSQL of a test's own, which can be stopped and started again at the same address. Their data
 * lies in a temporary directory, which goes with them.
 */
public final class TestServers implements AutoCloseable {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final Path directory;
    private final EmbeddedKafkaSettings kafkaSettings;
    private final EmbeddedPostgresSettings postgresSettings;
    private EmbeddedKafka kafka;
    private EmbeddedPostgres postgres;

    private TestServers(Path directory) {
        this.directory = directory;
        kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory.resolve("kafka")));
        postgres = EmbeddedPostgres.start(EmbeddedPostgresSettings.in(directory.resolve("postgres")));
        kafkaSettings = EmbeddedKafkaSettings.in(directory.resolve("kafka")).withPort(kafka.port());
        postgresSettings =
                EmbeddedPostgresSettings.in(directory.resolve("postgres")).withPort(postgres.port());
    }

    public static TestServers start() {
        try {
            return new TestServers(Files.createTempDirectory("resentry-test"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** A new empty database; its address as {@code DATABASE_URL} has it. */
    public String newDatabaseUrl() {
        String name = "test" + DATABASES.incrementAndGet();
        postgres.createDatabaseIfMissing(name);
        return postgres.databaseUrl(name);
    }

    /** For a gateway's spool, beside the data of the servers; not created yet. */
    public Path spoolDirectory() {
        return directory.resolve("spool");
    }

    public void stopKafka() {
        kafka.close();
    }

    public void startKafka() {
        kafka = EmbeddedKafka.start(kafkaSettings);
    }

    public void stopPostgres() {
        postgres.close();
    }

    public void startPostgres() {
        postgres = EmbeddedPostgres.start(postgresSettings);
    }

    @Override
    public void close() {
        kafka.close();
        postgres.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
