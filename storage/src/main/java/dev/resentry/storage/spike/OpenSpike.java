package dev.resentry.storage.spike;

import java.time.Instant;

/**
 * What detection has to know of a spike that is not over, and what becomes of it.
 *
 * @param issueId 0 for the project
 */
public record OpenSpike(
        long id, long projectId, long issueId, Instant startedAt, Instant lastAt, long peak, long threshold) {}
