package dev.resentry.storage.span;

import dev.resentry.model.event.EventId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A span.
 *
 * @param spanId in hex
 * @param transactionId the transaction that it came with
 * @param startedAt by its own clock
 * @param dataJson its attributes as a JSON object of values
 * @param otherJson what else was said of it, as a JSON object
 */
public record StoredSpan(
        long projectId,
        UUID traceId,
        String spanId,
        @Nullable String parentSpanId,
        @Nullable EventId transactionId,
        boolean segment,
        @Nullable String op,
        @Nullable String description,
        @Nullable String status,
        @Nullable String origin,
        Instant startedAt,
        double durationMs,
        String dataJson,
        @Nullable String otherJson) {}
