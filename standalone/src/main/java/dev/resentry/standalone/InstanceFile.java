package dev.resentry.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells other commands of the installation that runs on a data directory, until it is closed. Safe to share between threads. */
final class InstanceFile implements AutoCloseable {
    private final Path dataDirectory;
    private boolean closed;

    InstanceFile(Path dataDirectory) {
        this.dataDirectory = dataDirectory;
    }

    /** Replaces what was written before; once closed, does nothing. */
    synchronized void write(Instance instance) {
        if (closed) {
            return;
        }
        try {
            instance.write(dataDirectory);
        } catch (IOException e) {
            throw new UserFacingException("%s cannot be written: %s".formatted(Instance.file(dataDirectory), e));
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        Files.deleteIfExists(Instance.file(dataDirectory));
    }
}
