package dev.resentry.query.artifact;

import dev.resentry.query.error.ApiException;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * Room in memory for files that are held whole, whoever uploads or downloads them. A file that is larger than all of it goes through
 * while there is no other. Safe to share between threads.
 */
public final class FileMemory {
    private static final int UNIT = 1_024;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final int units;
    private final Semaphore free;

    /** @param bytes that may be held at once */
    FileMemory(long bytes) {
        this.units = (int) Math.clamp(bytes / UNIT, 1L, Integer.MAX_VALUE);
        this.free = new Semaphore(units);
    }

    /** A quarter of what this process may have: a file is copied on its way into and out of the database. */
    static FileMemory ofHeap() {
        return new FileMemory(Runtime.getRuntime().maxMemory() / 4);
    }

    /** Room that is taken until it is closed. */
    @FunctionalInterface
    public interface Room extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Takes room for a file.
     *
     * @throws ApiException if there is none now
     */
    public Room take(long bytes) {
        int wanted = (int) Math.min(units, bytes / UNIT + 1);
        if (!free.tryAcquire(wanted)) {
            throw ApiException.unavailable(
                    "There is no room in memory for a file of %d bytes, as others are on their way; try again later"
                            .formatted(bytes),
                    RETRY_AFTER);
        }
        return () -> free.release(wanted);
    }
}
