package dev.resentry.processing.cron;

import dev.resentry.model.cron.CheckInStatus;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A check-in, read.
 *
 * @param id null for the latest one that is in progress
 * @param durationMs as its sender has measured it
 * @param config what it says of its monitor; null if nothing, or nothing that can be
 * @param problem what of it was left out, and why; null if nothing
 */
public record CheckIn(
        String slug,
        String environment,
        @Nullable UUID id,
        CheckInStatus status,
        @Nullable Long durationMs,
        @Nullable String release,
        @Nullable UUID traceId,
        @Nullable CheckInConfig config,
        @Nullable String problem) {}
