package dev.resentry.storage.performance;

import dev.resentry.model.event.EventId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A call of a database in a transaction.
 *
 * @param statement as {@link StatementText} has it
 */
record DatabaseSpan(
        long projectId,
        String transaction,
        EventId transactionId,
        UUID traceId,
        @Nullable String parentSpanId,
        String statement,
        Instant startedAt,
        double durationMs) {

    Instant endedAt() {
        return startedAt.plus(Math.round(durationMs * 1_000), ChronoUnit.MICROS);
    }
}
