package dev.resentry.processing.symbolicate;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The maps that one event has in memory at once, whatever is kept of them for others: those of the frames nearest to the crash. */
final class HeldMaps {
    private final Limit limit;
    private final Set<String> hashes = new HashSet<>();
    private long bytes;

    HeldMaps(Limit limit) {
        this.limit = limit;
    }

    /**
     * How much that may be.
     *
     * @param bytes of memory
     */
    record Limit(int files, long bytes) {
        private static final int FILES = 50;
        private static final long BYTES = 256L * 1024 * 1024;

        /** A share of the heap that leaves room for the other threads. */
        static Limit ofThisProcess() {
            return new Limit(FILES, Math.min(BYTES, Runtime.getRuntime().maxMemory() / 4));
        }
    }

    /**
     * Why there is no room for a map, for people; empty if there is.
     *
     * @param size how many bytes of memory it takes, at least
     */
    Optional<String> refusal(String hash, long size) {
        if (hashes.contains(hash)) {
            return Optional.empty();
        }
        if (hashes.size() >= limit.files()) {
            return Optional.of(
                    "the event has frames of more files with source maps than are read for one event (limit: %d)"
                            .formatted(limit.files()));
        }
        return bytes + size <= limit.bytes()
                ? Optional.empty()
                : Optional.of("the source maps of the event take more memory than one event may have (limit: %d MB)"
                        .formatted(limit.bytes() / (1024 * 1024)));
    }

    void hold(String hash, long size) {
        if (hashes.add(hash)) {
            bytes += size;
        }
    }
}
