package dev.resentry.gateway.spool;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What keeps a spool from taking more, and says so now and then. Guarded by the spool's lock. */
final class SpoolBounds {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolBounds.class);
    private static final long MAX_QUEUED_BYTES = 64L * 1024 * 1024;
    private static final long SAY_AGAIN_NANOS = Duration.ofMinutes(1).toNanos();
    private static final long FAILED_LATELY_NANOS = Duration.ofSeconds(10).toNanos();

    private final SpoolSettings settings;
    private final Path directory;
    private final SegmentQueue segments;
    private final Clock clock;
    private long lastFailure = System.nanoTime() - FAILED_LATELY_NANOS;
    private long lastComplaint = System.nanoTime() - SAY_AGAIN_NANOS;

    SpoolBounds(SpoolSettings settings, Path directory, SegmentQueue segments, Clock clock) {
        this.settings = settings;
        this.directory = directory;
        this.segments = segments;
        this.clock = clock;
    }

    /**
     * Why an append is not taken; null if it is.
     *
     * @param bytes what it takes on the disk
     * @param pending what is queued or being written
     */
    @Nullable
    Appended refusal(long bytes, long pending) {
        if (!settings.enabled()) {
            return new Appended.Full("the spool is switched off");
        }
        long now = clock.millis();
        if (now - segments.oldestMillis(now) > settings.maxAge().toMillis()) {
            return full("the oldest envelope in the spool waits longer than " + settings.maxAge());
        }
        long max = settings.maxBytes().toBytes();
        if (segments.bytes() + pending + bytes + SegmentFormat.PREAMBLE_BYTES > max) {
            return full("the spool has its %s".formatted(settings.maxBytes()));
        }
        if (pending > 0 && pending + bytes > MAX_QUEUED_BYTES) {
            return full("more envelopes wait for the spool's disk than may");
        }
        return null;
    }

    /** Whether a disk that has so much room left takes a batch. */
    boolean leavesRoom(long free, long bytes) {
        return free - bytes >= settings.minFree().toBytes();
    }

    Appended noRoom(long free) {
        return full("the spool's disk has %d MB left (expected: at least %s)"
                .formatted(free / 1024 / 1024, settings.minFree()));
    }

    /** A batch was not kept. */
    void failed() {
        lastFailure = System.nanoTime();
    }

    boolean hasFailedLately() {
        return System.nanoTime() - lastFailure <= FAILED_LATELY_NANOS;
    }

    void complain(String message, String cause) {
        long now = System.nanoTime();
        if (now - lastComplaint >= SAY_AGAIN_NANOS) {
            lastComplaint = now;
            LOG.atError()
                    .addKeyValue("directory", directory)
                    .addKeyValue("error", cause)
                    .addKeyValue("envelopes", segments.count())
                    .log(message);
        }
    }

    private Appended.Full full(String cause) {
        complain("The spool takes no more; what Kafka does not take in time is refused", cause);
        return new Appended.Full(cause);
    }
}
