package dev.resentry.storage.monitor;

import dev.resentry.model.cron.CheckInStatus;
import dev.resentry.storage.ingest.ItemRow;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A check-in as it came.
 *
 * @param id null for the latest one that is in progress
 * @param durationMs as its sender has measured it
 * @param config what it says of its monitor; null if nothing, or nothing that can be
 * @param problem what of it could not be; null if nothing
 */
public record NewCheckIn(
        String slug,
        String environment,
        @Nullable UUID id,
        CheckInStatus status,
        @Nullable Long durationMs,
        @Nullable String release,
        @Nullable UUID traceId,
        @Nullable MonitorConfig config,
        @Nullable String problem)
        implements ItemRow {
    private static final long FIXED_WEIGHT = 300;

    @Override
    public long weight() {
        return FIXED_WEIGHT + slug.length() + environment.length() + (problem == null ? 0 : problem.length());
    }
}
