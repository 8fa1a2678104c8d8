package dev.resentry.standalone;

import dev.resentry.embedded.DataDirectory;
import dev.resentry.embedded.DataDirectoryException;
import dev.resentry.embedded.FreePort;
import dev.resentry.embedded.kafka.EmbeddedKafka;
import dev.resentry.embedded.kafka.EmbeddedKafkaSettings;
import dev.resentry.embedded.postgres.EmbeddedPostgres;
import dev.resentry.embedded.postgres.EmbeddedPostgresSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL and the Kafka of an installation, as a command reaches them: those of the process that runs on a data directory, those that
 * the command starts on it for itself, or those that the environment names. What was started is stopped again.
 */
final class ReachedServers implements AutoCloseable {
    private static final Path DEFAULT_DATA = Path.of("data");

    private final CommandSettings settings;
    private final @Nullable Path data;
    private final boolean running;
    private final Deque<AutoCloseable> started;

    private ReachedServers(
            CommandSettings settings, @Nullable Path data, boolean running, Deque<AutoCloseable> started) {
        this.settings = settings;
        this.data = data;
        this.running = running;
        this.started = started;
    }

    /**
     * Reaches an installation that is there.
     *
     * @param data its directory; null for the servers that the environment names or else the directory {@code ./data}
     * @param withKafka whether a broker is needed too
     */
    static ReachedServers of(@Nullable Path data, boolean withKafka) {
        if (data == null && CommandSettings.mayNameServers()) {
            CommandSettings external = CommandSettings.external();
            if (external.databaseGiven()) {
                return new ReachedServers(external, null, false, new ArrayDeque<>());
            }
        }
        Path directory = data == null ? DEFAULT_DATA : data;
        Optional<Instance> instance = Instance.find(directory);
        if (instance.isPresent()) {
            if (instance.get().databaseUrl().isEmpty()) {
                throw new UserFacingException("What runs on %s is of an earlier version; start it again, by this one"
                        .formatted(directory.toAbsolutePath().normalize()));
            }
            return new ReachedServers(
                    CommandSettings.embedded(
                            instance.get().databaseUrl(), instance.get().bootstrapServers()),
                    directory,
                    true,
                    new ArrayDeque<>());
        }
        if (formatOf(directory) == 0) {
            throw new UserFacingException(
                    "There is no Resentry in %s; name its directory with --data, or its database with DATABASE_URL"
                            .formatted(directory.toAbsolutePath().normalize()));
        }
        return start(directory, withKafka);
    }

    /**
     * Reaches what is to become an installation.
     *
     * @param data a directory that is empty or not there; null for the servers that the environment names
     */
    static ReachedServers empty(@Nullable Path data, boolean withKafka) {
        if (data == null) {
            CommandSettings external = CommandSettings.external();
            if (!external.databaseGiven()) {
                throw new UserFacingException(
                        "Where to? Name a new directory with --data DIR, or an empty database with DATABASE_URL");
            }
            return new ReachedServers(external, null, false, new ArrayDeque<>());
        }
        requireRoom(data);
        return start(data, withKafka);
    }

    /** Refuses a directory with an installation; what external servers hold is looked at when they are reached. */
    static void requireRoom(@Nullable Path data) {
        if (data != null && (Instance.find(data).isPresent() || formatOf(data) != 0)) {
            throw new UserFacingException(
                    "%s is not empty: there is an installation in it, or a part of one. A backup is restored into an empty directory only"
                            .formatted(data.toAbsolutePath().normalize()));
        }
    }

    private static ReachedServers start(Path directory, boolean withKafka) {
        Deque<AutoCloseable> started = new ArrayDeque<>();
        try {
            DataDirectory held = DataDirectory.open(directory, ResentryCommand.version(), DataDirectory.MIN_FREE_BYTES);
            started.push(held);
            EmbeddedPostgres postgres = EmbeddedPostgres.start(EmbeddedPostgresSettings.in(held.postgres()));
            started.push(postgres);
            postgres.createDatabaseIfMissing(Servers.DATABASE);
            String bootstrapServers = "127.0.0.1:1";
            if (withKafka) {
                EmbeddedKafka kafka = EmbeddedKafka.start(
                        EmbeddedKafkaSettings.in(held.kafka()).withPort(FreePort.find()));
                started.push(kafka);
                bootstrapServers = kafka.bootstrapServers();
            }
            return new ReachedServers(
                    CommandSettings.embedded(postgres.databaseUrl(Servers.DATABASE), bootstrapServers),
                    directory,
                    false,
                    started);
        } catch (DataDirectoryException | IllegalStateException e) {
            stop(started);
            throw new UserFacingException(String.valueOf(e.getMessage()));
        }
    }

    CommandSettings settings() {
        return settings;
    }

    /** The directory that they belong to; empty if they are somewhere else. */
    Optional<Path> data() {
        return Optional.ofNullable(data);
    }

    /** How a person knows it. */
    String name() {
        return data == null
                ? settings.database().address().toString()
                : "%s (%s)"
                        .formatted(
                                data.toAbsolutePath().normalize(),
                                running ? "which is running" : "which is not running");
    }

    @Override
    public void close() {
        stop(started);
    }

    private static int formatOf(Path directory) {
        try {
            return DataDirectory.formatOf(directory);
        } catch (IOException | DataDirectoryException e) {
            throw new UserFacingException(String.valueOf(e.getMessage()));
        }
    }

    private static void stop(Deque<AutoCloseable> started) {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                System.err.println("resentry: a part did not stop cleanly: " + e);
            }
        }
    }
}
