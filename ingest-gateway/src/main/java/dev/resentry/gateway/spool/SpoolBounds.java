package dev.resentry.gateway.spool;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What keeps a spool from taking more; counts what it refuses, and says so now and then. Guarded by the spool's lock. */
final class SpoolBounds {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolBounds.class);
    private static final long MAX_QUEUED_BYTES = 64L * 1024 * 1024;
    private static final long SAY_AGAIN_NANOS = Duration.ofMinutes(1).toNanos();
    private static final long FAILED_LATELY_NANOS = Duration.ofSeconds(10).toNanos();

    private final SpoolSettings settings;
    private final Path directory;
    private final SegmentQueue segments;
    private final Clock clock;
    private final Map<SpoolRejection, Long> refused = new EnumMap<>(SpoolRejection.class);
    private long quarantinedBytes;
    private long lastFailure = System.nanoTime() - FAILED_LATELY_NANOS;
    private long lastComplaint = System.nanoTime() - SAY_AGAIN_NANOS;

    /** A bound that is reached, and what people are told of it. */
    record Reached(SpoolRejection bound, String cause) {}

    SpoolBounds(SpoolSettings settings, Path directory, SegmentQueue segments, Clock clock) {
        this.settings = settings;
        this.directory = directory;
        this.segments = segments;
        this.clock = clock;
        for (SpoolRejection cause : SpoolRejection.values()) {
            refused.put(cause, 0L);
        }
    }

    /**
     * The bound that keeps an append out; null if none does.
     *
     * @param bytes what it takes on the disk
     * @param pending what is queued or being written
     */
    @Nullable
    Reached reached(long bytes, long pending) {
        if (!settings.enabled()) {
            return new Reached(SpoolRejection.OFF, "the spool is switched off");
        }
        long now = clock.millis();
        if (now - segments.oldestMillis(now) > settings.maxAge().toMillis()) {
            return new Reached(
                    SpoolRejection.AGE, "the oldest envelope in the spool waits longer than " + settings.maxAge());
        }
        long max = settings.maxBytes().toBytes();
        if (segments.bytes() + quarantinedBytes + pending + bytes + SegmentFormat.PREAMBLE_BYTES > max) {
            return new Reached(
                    SpoolRejection.BYTES,
                    "the spool has its %s, %d bytes of them set aside in .quarantine files"
                            .formatted(settings.maxBytes(), quarantinedBytes));
        }
        if (pending > 0 && pending + bytes > MAX_QUEUED_BYTES) {
            return new Reached(SpoolRejection.QUEUE, "more envelopes wait for the spool's disk than may");
        }
        return null;
    }

    /** The bound that keeps a batch out, on a disk that has so much room left; null if none does. */
    @Nullable
    Reached reachedOnDisk(long free, long bytes) {
        return free - bytes >= settings.minFree().toBytes()
                ? null
                : new Reached(
                        SpoolRejection.DISK_ROOM,
                        "the spool's disk has %d MB left (expected: at least %s)"
                                .formatted(free / 1024 / 1024, settings.minFree()));
    }

    /** Counts what a bound keeps out. */
    Appended refuse(Reached reached, int appends) {
        count(reached.bound(), appends);
        switch (reached.bound()) {
            case OFF -> {}
            case STOPPING -> {
                return new Appended.Failed(reached.cause());
            }
            case AGE, BYTES, QUEUE, DISK_ROOM, DISK_FAILURE ->
                complain("The spool takes no more; what Kafka does not take in time is refused", reached.cause());
        }
        return new Appended.Full(reached.cause());
    }

    /** Counts a batch that the disk has failed. */
    Appended failed(String cause, int appends) {
        count(SpoolRejection.DISK_FAILURE, appends);
        complain("The spool's disk failed", cause);
        return new Appended.Failed("the spool's disk failed: " + cause);
    }

    /** A batch was not kept. */
    void notKept() {
        lastFailure = System.nanoTime();
    }

    boolean hasFailedLately() {
        return System.nanoTime() - lastFailure <= FAILED_LATELY_NANOS;
    }

    /** How many appends were refused, by cause. */
    Map<SpoolRejection, Long> rejected() {
        return Map.copyOf(refused);
    }

    /** What lies set aside: it takes its part of the room until people have taken it away. */
    long quarantinedBytes() {
        return quarantinedBytes;
    }

    void quarantinedBytes(long bytes) {
        quarantinedBytes = bytes;
    }

    private void count(SpoolRejection cause, int appends) {
        refused.merge(cause, (long) appends, Long::sum);
    }

    private void complain(String message, String cause) {
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
}
