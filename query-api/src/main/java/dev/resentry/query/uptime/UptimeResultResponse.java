package dev.resentry.query.uptime;

import dev.resentry.storage.uptime.UptimeResult;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What came of a check.
 *
 * @param at when the request began
 * @param status of the answer; null if there was none
 * @param error why it is not well; null if it is
 * @param location the processor that made the request
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "UptimeResult")
record UptimeResultResponse(
        Instant at,
        boolean ok,
        @Nullable Integer status,
        int durationMs,
        @Nullable String error,
        String location) {

    static UptimeResultResponse of(UptimeResult result) {
        return new UptimeResultResponse(
                result.at(), result.ok(), result.status(), result.durationMs(), result.error(), result.location());
    }
}
