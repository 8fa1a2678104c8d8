package dev.resentry.testsupport.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Kafka and a PostgreSQL: each is started when it is first asked for, can be stopped and started again at the same address, and
 * ends with the JVM. Tests keep out of each other's way by prefixes, databases and directories of their own.
 */
public final class TestServers implements AutoCloseable {
    private static final TestServers SHARED = new TestServers();

    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicInteger names = new AtomicInteger();
    private final Path directory;
    private final LazyServer<KafkaServer> kafka;
    private final LazyServer<PostgresServer> postgres;

    private TestServers() {
        try {
            directory = Files.createTempDirectory("resentry-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        kafka = new LazyServer<>(() -> switch (TestInfrastructure.chosen()) {
            case EMBEDDED -> new EmbeddedKafkaServer(directory.resolve("kafka"));
            case CONTAINERS -> new KafkaContainerServer();
        });
        postgres = new LazyServer<>(() -> switch (TestInfrastructure.chosen()) {
            case EMBEDDED -> new EmbeddedPostgresServer(directory.resolve("postgres"));
            case CONTAINERS -> new PostgresContainerServer();
        });
        // PostgreSQL is a process of its own and would outlive this one.
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /** The servers that all tests of this JVM share. */
    public static TestServers shared() {
        return SHARED;
    }

    /** Servers that nobody else uses, for tests that stop them while others run in this JVM. */
    public static TestServers separate() {
        return new TestServers();
    }

    /** Has both started at once, for a test that is about to need both. */
    public TestServers startBoth() {
        CompletableFuture.allOf(kafka.started(), postgres.started()).join();
        return this;
    }

    public String bootstrapServers() {
        return kafka.get().bootstrapServers();
    }

    /** For the names of topics: nobody else has it. */
    public String newTopicPrefix() {
        return "t%d.".formatted(names.incrementAndGet());
    }

    /** A new empty database; its address as {@code DATABASE_URL} has it. */
    public String newDatabaseUrl() {
        return postgres.get().newDatabase("test" + names.incrementAndGet());
    }

    /** For a gateway's spool; not created yet. */
    public Path newSpoolDirectory() {
        return directory.resolve("spool" + names.incrementAndGet());
    }

    public void stopKafka() {
        kafka.get().stop();
    }

    public void startKafka() {
        kafka.get().start();
    }

    public void stopPostgres() {
        postgres.get().stop();
    }

    /** Ends the database at once, as a crash of its machine would. */
    public void killPostgres() {
        postgres.get().kill();
    }

    public void startPostgres() {
        postgres.get().start();
    }

    /** Ends the servers before the JVM ends; not for {@link #shared()}, which others may still need. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        postgres.ifStarted(PostgresServer::close);
        kafka.ifStarted(KafkaServer::close);
        try {
            TestDirectory.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
