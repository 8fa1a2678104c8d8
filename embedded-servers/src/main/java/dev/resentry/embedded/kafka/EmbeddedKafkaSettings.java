package dev.resentry.embedded.kafka;

import java.nio.file.Path;

/**
 * How an embedded broker runs.
 *
 * @param directory where its data lasts
 * @param port where it listens on the loopback address; 0 takes a free one
 * @param maxMessageBytes the largest record it takes
 * @param flushEveryMessage whether a record is on the disk before it is acknowledged. Without it a power cut can cost what
 *     the operating system had not written yet, some seconds; the death of any process costs nothing either way
 */
public record EmbeddedKafkaSettings(Path directory, int port, int maxMessageBytes, boolean flushEveryMessage) {
    private static final int DEFAULT_MAX_MESSAGE = 24 * 1024 * 1024;

    /** The usual settings for a directory. */
    public static EmbeddedKafkaSettings in(Path directory) {
        return new EmbeddedKafkaSettings(directory, 0, DEFAULT_MAX_MESSAGE, false);
    }

    public EmbeddedKafkaSettings withPort(int newPort) {
        return new EmbeddedKafkaSettings(directory, newPort, maxMessageBytes, flushEveryMessage);
    }

    public EmbeddedKafkaSettings withFlushEveryMessage(boolean flush) {
        return new EmbeddedKafkaSettings(directory, port, maxMessageBytes, flush);
    }
}
