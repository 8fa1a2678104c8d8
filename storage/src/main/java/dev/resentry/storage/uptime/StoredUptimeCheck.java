package dev.resentry.storage.uptime;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A check as it is.
 *
 * @param projectSlug the slug of its project
 * @param since when the state began
 * @param failures checks that failed in a row by now
 * @param nextAt when it is checked next, if it is enabled
 * @param last null before the first
 */
public record StoredUptimeCheck(
        long id,
        long projectId,
        String projectSlug,
        UptimeCheckSettings settings,
        Instant createdAt,
        UptimeState state,
        Instant since,
        int failures,
        Instant nextAt,
        @Nullable UptimeResult last) {}
