package dev.resentry.standalone;

import dev.resentry.embedded.DataDirectory;
import dev.resentry.embedded.kafka.EmbeddedKafka;
import dev.resentry.embedded.kafka.EmbeddedKafkaSettings;
import dev.resentry.embedded.postgres.EmbeddedPostgres;
import dev.resentry.embedded.postgres.EmbeddedPostgresSettings;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** The embedded servers of an installation, started side by side. */
record Servers(EmbeddedPostgres postgres, EmbeddedKafka kafka) implements AutoCloseable {
    static final String DATABASE = "resentry";

    /** Threads of the common pool have the system's class loader, which sees nothing inside an executable jar. */
    private static final Executor OWN_THREADS =
            task -> Thread.ofPlatform().name("start").start(task);

    /** Starts both; if one fails, the other is stopped again. */
    static Servers start(DataDirectory data, boolean flushEveryMessage, Progress progress) {
        CompletableFuture<EmbeddedPostgres> postgres = CompletableFuture.supplyAsync(
                () -> {
                    EmbeddedPostgres started = EmbeddedPostgres.start(EmbeddedPostgresSettings.in(data.postgres()));
                    started.createDatabaseIfMissing(DATABASE);
                    progress.done("PostgreSQL is up");
                    return started;
                },
                OWN_THREADS);
        CompletableFuture<EmbeddedKafka> kafka = CompletableFuture.supplyAsync(
                () -> {
                    EmbeddedKafka started = EmbeddedKafka.start(
                            EmbeddedKafkaSettings.in(data.kafka()).withFlushEveryMessage(flushEveryMessage));
                    progress.done("Kafka is up");
                    return started;
                },
                OWN_THREADS);
        try {
            return new Servers(postgres.join(), kafka.join());
        } catch (CompletionException e) {
            postgres.handle((server, _) -> {
                        if (server != null) {
                            server.close();
                        }
                        return true;
                    })
                    .join();
            kafka.handle((server, _) -> {
                        if (server != null) {
                            server.close();
                        }
                        return true;
                    })
                    .join();
            throw e;
        }
    }

    @Override
    public void close() {
        kafka.close();
        postgres.close();
    }
}
