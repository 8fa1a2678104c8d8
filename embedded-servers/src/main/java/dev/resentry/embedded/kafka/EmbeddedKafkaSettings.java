package dev.resentry.embedded.kafka;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How an embedded broker runs.
 *
 * @param directory where its data lasts
 * @param port where it listens on the loopback address; 0 takes a free one
 * @param maxMessageBytes the largest record it takes
 * @param flushEveryMessage whether a record is on the disk before it is acknowledged. Without it a power cut can cost what
 *     the operating system had not written yet, some seconds; the death of any process costs nothing either way
 * @param retention how long records stay in topics that say nothing else; a group's offsets stay at least as long
 */
public record EmbeddedKafkaSettings(
        Path directory, int port, int maxMessageBytes, boolean flushEveryMessage, Duration retention) {
    private static final int DEFAULT_MAX_MESSAGE = 24 * 1024 * 1024;
    private static final int MIN_MAX_MESSAGE = 1024;
    private static final Duration DEFAULT_RETENTION = Duration.ofDays(30);

    public EmbeddedKafkaSettings {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port: %d (expected: 0 to 65535)".formatted(port));
        }
        if (maxMessageBytes < MIN_MAX_MESSAGE) {
            throw new IllegalArgumentException(
                    "maxMessageBytes: %d (expected: >= %d)".formatted(maxMessageBytes, MIN_MAX_MESSAGE));
        }
        if (retention.toMinutes() < 1) {
            throw new IllegalArgumentException("retention: %s (expected: >= PT1M)".formatted(retention));
        }
    }

    /** The usual settings for a directory. */
    public static EmbeddedKafkaSettings in(Path directory) {
        return new EmbeddedKafkaSettings(directory, 0, DEFAULT_MAX_MESSAGE, false, DEFAULT_RETENTION);
    }

    public EmbeddedKafkaSettings withPort(int newPort) {
        return new EmbeddedKafkaSettings(directory, newPort, maxMessageBytes, flushEveryMessage, retention);
    }

    public EmbeddedKafkaSettings withMaxMessageBytes(int bytes) {
        return new EmbeddedKafkaSettings(directory, port, bytes, flushEveryMessage, retention);
    }

    public EmbeddedKafkaSettings withFlushEveryMessage(boolean flush) {
        return new EmbeddedKafkaSettings(directory, port, maxMessageBytes, flush, retention);
    }

    public EmbeddedKafkaSettings withRetention(Duration newRetention) {
        return new EmbeddedKafkaSettings(directory, port, maxMessageBytes, flushEveryMessage, newRetention);
    }
}
