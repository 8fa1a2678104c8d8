package dev.resentry.query.log;

import dev.resentry.model.event.EventId;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.model.log.LogLevel;
import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.log.StoredLog;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A log.
 *
 * @param timestamp its own time
 * @param severityNumber of OpenTelemetry, 1 to 24
 * @param message what it says; in lists its first 4,000 characters
 * @param traceId 32 hex digits
 * @param spanId 16 hex digits
 * @param sdk what sent it
 * @param serverAddress the machine it is of
 * @param attributes each with its value; in lists null if they have more than 8 KiB
 * @param shortened whether {@code /api/v1/logs/{id}} has more of it
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "Log")
record LogResponse(
        String id,
        long projectId,
        UUID envelopeId,
        Instant timestamp,
        Instant receivedAt,
        @WordOf(LogLevel.class) String level,
        int severityNumber,
        String message,
        @Nullable String traceId,
        @Nullable String spanId,
        @Nullable String environment,
        @Nullable String release,
        @Nullable String sdk,
        @Nullable String serverAddress,
        @Schema(type = "object") @Nullable Object attributes,
        boolean shortened) {
    static LogResponse of(StoredLog log) {
        return new LogResponse(
                log.id().toString(),
                log.projectId(),
                log.id().envelopeId(),
                log.occurredAt(),
                log.id().receivedAt(),
                log.level(),
                log.severity(),
                log.body(),
                log.traceId() == null ? null : new EventId(log.traceId()).toString(),
                log.spanId(),
                log.environment(),
                log.release(),
                log.sdkName(),
                log.serverAddress(),
                log.attributesJson() == null ? null : UntrustedJson.STORED.tree(log.attributesJson()),
                log.shortened());
    }
}
