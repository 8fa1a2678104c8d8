package dev.resentry.query.storage;

import dev.resentry.storage.disk.DiskUse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The disk that the tables take and will take, measured at most once a minute. Safe to share between threads. */
public final class MeasuredStorage {
    private static final Duration MEASURED_FOR = Duration.ofMinutes(1);

    private final DiskUse disk;
    private final InstantSource clock;
    private @Nullable StorageResponse last;

    MeasuredStorage(DiskUse disk, InstantSource clock) {
        this.disk = disk;
        this.clock = clock;
    }

    /** What was measured last, or is now. */
    public synchronized StorageResponse get() {
        Instant now = clock.instant();
        StorageResponse known = last;
        if (known == null || known.measuredAt().plus(MEASURED_FOR).isBefore(now)) {
            known = StorageResponse.of(now, disk.measure(now));
            last = known;
        }
        return known;
    }
}
