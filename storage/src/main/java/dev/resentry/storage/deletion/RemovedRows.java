package dev.resentry.storage.deletion;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Rows that a step of a deletion removed.
 *
 * @param newestArrival when the newest of removed envelopes arrived; null for other rows
 */
public record RemovedRows(
        String table, long count, @Nullable Instant newestArrival) {}
