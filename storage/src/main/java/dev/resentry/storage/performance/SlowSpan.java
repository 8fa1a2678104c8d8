package dev.resentry.storage.performance;

import org.jspecify.annotations.Nullable;

/**
 * The spans of one description in recent transactions of an endpoint.
 *
 * @param share how much of the time of all looked-at transactions they take, from 0; spans within each other count each
 */
public record SlowSpan(
        @Nullable String op,
        @Nullable String description,
        long spans,
        long transactions,
        double totalMs,
        double p95,
        double share) {}
