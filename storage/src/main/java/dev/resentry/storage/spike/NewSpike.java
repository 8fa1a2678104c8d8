package dev.resentry.storage.spike;

import java.time.Instant;

/**
 * A spike that has begun.
 *
 * @param issueId 0 for the project
 */
public record NewSpike(
        long projectId,
        long issueId,
        Instant startedAt,
        Instant lastAt,
        long peak,
        long usual,
        long threshold,
        boolean hasShortHistory) {}
