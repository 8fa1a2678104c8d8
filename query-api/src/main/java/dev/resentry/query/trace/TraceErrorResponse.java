package dev.resentry.query.trace;

import dev.resentry.storage.performance.TraceError;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * An event of a trace; whole it is at {@code /api/v1/events/{id}}.
 *
 * @param spanId the span that it happened in, in hex
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "TraceError")
record TraceErrorResponse(
        String id,
        long projectId,
        long issueId,
        String title,
        String level,
        Instant occurredAt,
        @Nullable String spanId) {
    static TraceErrorResponse of(TraceError error) {
        return new TraceErrorResponse(
                error.id().toString(),
                error.projectId(),
                error.issueId(),
                error.title(),
                error.level(),
                error.occurredAt(),
                error.spanId());
    }
}
