package dev.resentry.gateway.spool;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The numbered directories that gateways share, each a spool that one process holds. */
public final class SpoolSlots {
    private static final long MAX_SEGMENT_BYTES = 64L * 1024 * 1024;

    private SpoolSlots() {}

    /**
     * Takes a spool of its own in the settings' directory and reads what it holds.
     *
     * @throws IllegalStateException if there is none to take, or it cannot be read or written; the message names the directory
     */
    public static EnvelopeSpool open(SpoolSettings settings, Clock clock) {
        try {
            List<Path> slots = new ArrayList<>();
            for (int i = 0; i < settings.slots(); i++) {
                Path slot = settings.directory().resolve(Integer.toString(i));
                // What a gateway left that runs no longer is not to wait for it.
                slots.add(SpoolDirectory.hasSegments(slot) ? 0 : slots.size(), slot);
            }
            for (Path slot : slots) {
                Optional<EnvelopeSpool> taken =
                        EnvelopeSpool.take(slot, settings, clock, Disk.ofThisMachine(), MAX_SEGMENT_BYTES);
                if (taken.isPresent()) {
                    return taken.get();
                }
            }
        } catch (IOException e) {
            throw unusable(settings.directory(), e);
        }
        throw new IllegalStateException(
                "The spool directory %s is in use: other gateways hold all %d slots of it; set RESENTRY_SPOOL_DIR to another"
                        .formatted(settings.directory().toAbsolutePath(), settings.slots()));
    }

    /** Whether any spool of a directory holds envelopes. */
    public static boolean holdsAny(SpoolSettings settings) {
        try {
            for (int i = 0; i < settings.slots(); i++) {
                if (SpoolDirectory.hasSegments(settings.directory().resolve(Integer.toString(i)))) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw unusable(settings.directory(), e);
        }
    }

    /**
     * Opens the spool that is one directory.
     *
     * @throws IllegalStateException if another process holds it, or it cannot be read or written; the message names the directory
     */
    static EnvelopeSpool in(Path directory, SpoolSettings settings, Clock clock, Disk disk, long segmentBytes) {
        try {
            return EnvelopeSpool.take(directory, settings, clock, disk, segmentBytes)
                    .orElseThrow(() -> new IllegalStateException("The spool directory %s is in use by another gateway"
                            .formatted(directory.toAbsolutePath())));
        } catch (IOException e) {
            throw unusable(directory, e);
        }
    }

    private static IllegalStateException unusable(Path directory, IOException e) {
        return new IllegalStateException(
                "The spool directory %s cannot be used: %s; set RESENTRY_SPOOL_DIR to another, or RESENTRY_SPOOL=false"
                        .formatted(directory.toAbsolutePath(), e),
                e);
    }
}
