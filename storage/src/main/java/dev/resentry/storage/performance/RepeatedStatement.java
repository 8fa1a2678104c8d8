package dev.resentry.storage.performance;

import dev.resentry.model.event.EventId;
import java.util.UUID;

/**
 * A statement that transactions call again and again, one call after the other from one place, where one call for all would do.
 *
 * @param transactions how many of those that were looked at do so
 * @param mostCalls in a row
 * @param longestMs that such a row took
 * @param transactionId the one with this row, as the trace
 */
public record RepeatedStatement(
        long projectId,
        String transaction,
        String statement,
        long transactions,
        int mostCalls,
        double longestMs,
        EventId transactionId,
        UUID traceId) {}
