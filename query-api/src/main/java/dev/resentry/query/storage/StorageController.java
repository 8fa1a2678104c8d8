package dev.resentry.query.storage;

import dev.resentry.query.error.NativeApi;
import dev.resentry.storage.disk.DiskUse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;

/** The disk that the tables take and will take, measured at most once a minute. */
@NativeApi
@Tag(name = "Storage")
class StorageController {
    private static final Duration MEASURED_FOR = Duration.ofMinutes(1);

    private final DiskUse disk;
    private final InstantSource clock;
    private @Nullable StorageResponse last;

    StorageController(DiskUse disk, InstantSource clock) {
        this.disk = disk;
        this.clock = clock;
    }

    @GetMapping("/api/v1/storage")
    synchronized StorageResponse get() {
        Instant now = clock.instant();
        StorageResponse known = last;
        if (known == null || known.measuredAt().plus(MEASURED_FOR).isBefore(now)) {
            known = StorageResponse.of(now, disk.measure(now));
            last = known;
        }
        return known;
    }
}
