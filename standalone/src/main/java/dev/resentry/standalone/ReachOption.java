package dev.resentry.standalone;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says which servers are asked: those of a directory, or those that the environment names. */
final class ReachOption {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where everything is kept (default: the database of DATABASE_URL, or else ./data).")
    private @Nullable Path directory;

    /** @param withKafka whether Kafka is needed too */
    ReachedServers servers(boolean withKafka) {
        return ReachedServers.of(directory, withKafka);
    }
}
