package dev.resentry.gateway.spool;

import dev.resentry.service.health.CheckResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The numbered directories that gateways share, each a spool that one process holds. */
public final class SpoolSlots {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolSlots.class);
    private static final long MAX_SEGMENT_BYTES = 64L * 1024 * 1024;

    private SpoolSlots() {}

    /**
     * Takes a spool of its own in the settings' directory and reads what it holds.
     *
     * @throws IllegalStateException if there is none to take, or it cannot be read or written; the message names the directory
     */
    public static EnvelopeSpool open(SpoolSettings settings, Clock clock) {
        List<Path> slots = new ArrayList<>();
        for (int i = 0; i < settings.slots(); i++) {
            Path slot = settings.directory().resolve(Integer.toString(i));
            // What a gateway left that runs no longer is not to wait for it.
            slots.add(holdsAny(slot) ? 0 : slots.size(), slot);
        }
        IOException failure = null;
        for (Path slot : slots) {
            try {
                Optional<EnvelopeSpool> taken =
                        EnvelopeSpool.take(slot, settings, clock, Disk.ofThisMachine(), MAX_SEGMENT_BYTES);
                if (taken.isPresent()) {
                    return taken.get();
                }
            } catch (IOException e) {
                LOG.atError()
                        .addKeyValue("directory", slot)
                        .addKeyValue("error", CheckResult.Failed.of(e).cause())
                        .log("A directory of the spool cannot be used; what it holds waits until it can");
                failure = e;
            }
        }
        if (failure != null) {
            throw unusable(settings.directory(), failure);
        }
        throw new IllegalStateException(
                "The spool directory %s is in use: other gateways hold all %d slots of it; set RESENTRY_SPOOL_DIR to another"
                        .formatted(settings.directory().toAbsolutePath(), settings.slots()));
    }

    /** Whether any spool of a directory holds envelopes. */
    public static boolean holdsAny(SpoolSettings settings) {
        return IntStream.range(0, settings.slots())
                .anyMatch(i -> holdsAny(settings.directory().resolve(Integer.toString(i))));
    }

    private static boolean holdsAny(Path slot) {
        try {
            return SpoolDirectory.hasSegments(slot);
        } catch (IOException _) {
            // Whoever takes it says what is wrong with it.
            return true;
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
