package dev.resentry.embedded.postgres;

import java.nio.file.Path;

/**
 * How an embedded PostgreSQL runs.
 *
 * @param directory where its data and log are kept, and its programs if the user has no cache directory
 * @param port where it listens on the loopback address; 0 takes a free one
 */
public record EmbeddedPostgresSettings(Path directory, int port) {

    public EmbeddedPostgresSettings {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port: %d (expected: 0 to 65535)".formatted(port));
        }
    }

    public static EmbeddedPostgresSettings in(Path directory) {
        return new EmbeddedPostgresSettings(directory, 0);
    }

    public EmbeddedPostgresSettings withPort(int newPort) {
        return new EmbeddedPostgresSettings(directory, newPort);
    }
}
