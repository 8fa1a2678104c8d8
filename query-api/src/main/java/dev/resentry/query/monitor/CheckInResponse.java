package dev.resentry.query.monitor;

import dev.resentry.storage.monitor.MonitorQueries.ListedCheckIn;
import dev.resentry.storage.monitor.StoredCheckIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A run of a job as far as it is known.
 *
 * @param status in_progress, ok, error, missed, timeout or unknown
 * @param at when it was first heard of; of a missed one, when it counted so
 * @param expectedAt when it was due; null if it was not by any schedule
 * @param endedAt when it said how it ended; null if it did not
 * @param timeoutAt when it counts as timed out if it has not ended
 * @param traceId 32 hex digits
 * @param problem what was wrong with what came with it, such as a schedule that is none
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "CheckIn")
record CheckInResponse(
        UUID id,
        String environment,
        String status,
        Instant at,
        @Nullable Instant expectedAt,
        @Nullable Instant endedAt,
        @Nullable Long durationMs,
        Instant timeoutAt,
        @Nullable String release,
        @Nullable String traceId,
        @Nullable String problem) {

    static CheckInResponse of(ListedCheckIn listed) {
        StoredCheckIn checkIn = listed.checkIn();
        return new CheckInResponse(
                checkIn.id(),
                listed.environment(),
                checkIn.status().wireName(),
                checkIn.at(),
                checkIn.expectedAt(),
                checkIn.endedAt(),
                checkIn.durationMs(),
                checkIn.timeoutAt(),
                checkIn.release(),
                checkIn.traceId() == null ? null : checkIn.traceId().toString().replace("-", ""),
                checkIn.problem());
    }
}
