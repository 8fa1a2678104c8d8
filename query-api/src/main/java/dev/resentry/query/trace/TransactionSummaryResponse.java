package dev.resentry.query.trace;

import dev.resentry.model.event.EventId;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.storage.transaction.TransactionSummary;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A transaction as lists show it; whole it is at {@code /api/v1/transactions/{id}}.
 *
 * @param id 32 hex digits, as of an event
 * @param startedAt by its own clock
 * @param spanCount how many spans it was sent with
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "TransactionSummary")
record TransactionSummaryResponse(
        String id,
        long projectId,
        UUID envelopeId,
        Instant receivedAt,
        String name,
        @Nullable String op,
        @Nullable String status,
        String traceId,
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
        @Schema(type = "object") Object tags) {
    static TransactionSummaryResponse of(TransactionSummary transaction) {
        return new TransactionSummaryResponse(
                transaction.id().toString(),
                transaction.projectId(),
                transaction.envelopeId(),
                transaction.receivedAt(),
                transaction.name(),
                transaction.op(),
                transaction.status(),
                new EventId(transaction.traceId()).toString(),
                transaction.spanId(),
                transaction.parentSpanId(),
                transaction.startedAt(),
                transaction.durationMs(),
                transaction.platform(),
                transaction.release(),
                transaction.environment(),
                transaction.httpMethod(),
                transaction.httpStatus(),
                transaction.spanCount(),
                UntrustedJson.STORED.tree(transaction.tagsJson()));
    }
}
