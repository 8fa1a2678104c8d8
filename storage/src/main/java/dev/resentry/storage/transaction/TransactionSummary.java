package dev.resentry.storage.transaction;

import dev.resentry.model.event.EventId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What lists show of a transaction: its columns without the payload.
 *
 * @param spanId of the span that the transaction itself is, in hex
 * @param startedAt by its own clock
 * @param spanCount how many spans it was sent with
 * @param tagsJson a JSON object of texts
 */
public record TransactionSummary(
        EventId id,
        long projectId,
        UUID envelopeId,
        Instant receivedAt,
        String name,
        @Nullable String op,
        @Nullable String status,
        UUID traceId,
        String spanId,
        @Nullable String parentSpanId,
        Instant startedAt,
        double durationMs,
        @Nullable String platform,
        @Nullable String release,
        @Nullable String environment,
        @Nullable String httpMethod,
        @Nullable Integer httpStatus,
        int spanCount,
        String tagsJson) {}
