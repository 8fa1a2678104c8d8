package dev.resentry.query.trace;

import dev.resentry.model.event.EventId;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.storage.span.StoredSpan;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A span as the API shows it.
 *
 * @param transactionId the transaction that it came with
 * @param segment whether it is the first of its service in the trace
 * @param startedAt by its own clock
 * @param data its attributes
 * @param other what else was said of it, such as links
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "Span")
record SpanResponse(
        long projectId,
        String traceId,
        String spanId,
        @Nullable String parentSpanId,
        @Nullable String transactionId,
        boolean segment,
        @Nullable String op,
        @Nullable String description,
        @Nullable String status,
        @Nullable String origin,
        Instant startedAt,
        double durationMs,
        @Schema(type = "object") Object data,
        @Schema(type = "object") @Nullable Object other) {
    static SpanResponse of(StoredSpan span) {
        return new SpanResponse(
                span.projectId(),
                new EventId(span.traceId()).toString(),
                span.spanId(),
                span.parentSpanId(),
                span.transactionId() == null ? null : span.transactionId().toString(),
                span.segment(),
                span.op(),
                span.description(),
                span.status(),
                span.origin(),
                span.startedAt(),
                span.durationMs(),
                UntrustedJson.STORED.tree(span.dataJson()),
                span.otherJson() == null ? null : UntrustedJson.STORED.tree(span.otherJson()));
    }
}
