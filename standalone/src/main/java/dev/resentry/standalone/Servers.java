package dev.resentry.standalone;

import dev.resentry.embedded.DataDirectory;
import dev.resentry.embedded.FreePort;
import dev.resentry.embedded.kafka.EmbeddedKafka;
import dev.resentry.embedded.kafka.EmbeddedKafkaSettings;
import dev.resentry.embedded.postgres.EmbeddedPostgres;
import dev.resentry.embedded.postgres.EmbeddedPostgresSettings;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** The embedded servers of an installation, started side by side while the caller goes on. */
final class Servers implements AutoCloseable {
    static final String DATABASE = "resentry";

    /** Threads of the common pool have the system's class loader, which sees nothing inside an executable jar. */
    private static final Executor OWN_THREADS =
            task -> Thread.ofPlatform().name("servers").start(task);

    private final CompletableFuture<EmbeddedPostgres> postgres;
    private final CompletableFuture<EmbeddedKafka> kafka;
    private final int kafkaPort;

    private Servers(
            CompletableFuture<EmbeddedPostgres> postgres, CompletableFuture<EmbeddedKafka> kafka, int kafkaPort) {
        this.postgres = postgres;
        this.kafka = kafka;
        this.kafkaPort = kafkaPort;
    }

    static Servers start(DataDirectory data, boolean flushEveryMessage, Progress progress) {
        int kafkaPort = FreePort.find();
        return new Servers(
                CompletableFuture.supplyAsync(
                        () -> {
                            EmbeddedPostgres started =
                                    EmbeddedPostgres.start(EmbeddedPostgresSettings.in(data.postgres()));
                            started.createDatabaseIfMissing(DATABASE);
                            progress.done("PostgreSQL is up");
                            return started;
                        },
                        OWN_THREADS),
                CompletableFuture.supplyAsync(
                        () -> {
                            EmbeddedKafka started = EmbeddedKafka.start(EmbeddedKafkaSettings.in(data.kafka())
                                    .withPort(kafkaPort)
                                    .withFlushEveryMessage(flushEveryMessage));
                            progress.done("Kafka is up");
                            return started;
                        },
                        OWN_THREADS),
                kafkaPort);
    }

    /**
     * Waits until PostgreSQL takes connections.
     *
     * @throws CompletionException if it does not come up
     */
    String databaseUrl() {
        return postgres.join().databaseUrl(DATABASE);
    }

    /** Where Kafka takes requests, or will: its clients wait for it. */
    String bootstrapServers() {
        return "127.0.0.1:" + kafkaPort;
    }

    /**
     * Waits until Kafka takes requests.
     *
     * @throws CompletionException if it does not come up
     */
    void awaitKafka() {
        kafka.join();
    }

    /** Stops what came up, beside one another, as nobody needs either any more; one that is still starting is waited for. */
    @Override
    public void close() {
        CompletableFuture.allOf(stopped(kafka, EmbeddedKafka::close), stopped(postgres, EmbeddedPostgres::close))
                .join();
    }

    private static <S> CompletableFuture<Void> stopped(CompletableFuture<S> server, Consumer<S> close) {
        // One that did not come up has said why.
        return server.handle((started, _) -> Optional.ofNullable(started))
                .thenAcceptAsync(started -> started.ifPresent(close), OWN_THREADS);
    }
}
