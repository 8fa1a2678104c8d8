package dev.resentry.storage.performance;

import dev.resentry.model.event.EventId;
import java.util.UUID;

/**
 * Calls of one statement.
 *
 * @param transactions in how many transactions it was called
 * @param p95 in milliseconds, exact over the calls that were looked at
 * @param slowestIn the name of the transaction with the slowest call
 */
public record SlowStatement(
        long projectId,
        String statement,
        long calls,
        long transactions,
        double totalMs,
        double p95,
        double slowestMs,
        String slowestIn,
        EventId slowestTransactionId,
        UUID slowestTraceId) {}
