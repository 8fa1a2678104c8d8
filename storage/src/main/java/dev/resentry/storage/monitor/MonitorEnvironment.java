package dev.resentry.storage.monitor;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a monitor fares in an environment.
 *
 * @param status that of its newest check-in, or {@code waiting}
 * @param lastAt when the newest check-in came that was not missed
 * @param failures how many of the newest failed in a row
 * @param failingSince when its incident began; null if there is none
 * @param issueId the issue of its incidents; null if there was none yet
 */
public record MonitorEnvironment(
        long id,
        String name,
        String status,
        @Nullable Instant lastAt,
        @Nullable Instant nextAt,
        int failures,
        @Nullable Instant failingSince,
        @Nullable Long issueId) {}
