package dev.resentry.query.uptime;

import dev.resentry.storage.uptime.StoredUptimeCheck;
import dev.resentry.storage.uptime.UptimeCheckSettings;
import dev.resentry.storage.uptime.UptimeResult;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A check and how it went.
 *
 * @param state unknown, up or down
 * @param since when the state began
 * @param consecutiveFailures checks that failed in a row by now
 * @param nextAt when it is made next; null if it is not enabled
 * @param last null before the first
 * @param spans the last 24 hours in 90 spans of 16 minutes, the oldest first
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "UptimeCheck")
record UptimeCheckResponse(
        long id,
        ProjectOfCheck project,
        String name,
        String url,
        String method,
        int intervalMinutes,
        int timeoutSeconds,
        String expectedStatus,
        @Nullable String expectedText,
        @Nullable String environment,
        int failures,
        boolean enabled,
        Instant createdAt,
        String state,
        Instant since,
        int consecutiveFailures,
        @Nullable Instant nextAt,
        @Nullable UptimeResultResponse last,
        Availability availability,
        List<Span> spans) {

    /** The project whose events outages become. */
    @Schema(name = "UptimeCheckProject")
    record ProjectOfCheck(long id, String slug) {}

    /**
     * The share of checks that went well, from 0 to 1; null without any. By whole hours.
     *
     * @param day of the last 24 hours
     * @param week of the last 7 days
     * @param month of the last 30 days
     */
    @Schema(name = "UptimeAvailability")
    record Availability(
            @Nullable Double day,
            @Nullable Double week,
            @Nullable Double month) {}

    /**
     * How checks went in a span.
     *
     * @param averageMs how long those that went well took; null without any
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "UptimeSpan")
    record Span(
            Instant start, long ok, long failed, @Nullable Long averageMs) {}

    /** @param url as whoever asks may see it */
    static UptimeCheckResponse of(StoredUptimeCheck check, String url, Availability availability, List<Span> spans) {
        UptimeCheckSettings settings = check.settings();
        UptimeResult last = check.last();
        return new UptimeCheckResponse(
                check.id(),
                new ProjectOfCheck(check.projectId(), check.projectSlug()),
                settings.name(),
                url,
                settings.method(),
                settings.intervalMinutes(),
                settings.timeoutSeconds(),
                settings.expectedStatus().toString(),
                settings.expectedText(),
                settings.environment(),
                settings.failures(),
                settings.enabled(),
                check.createdAt(),
                check.state().wireName(),
                check.since(),
                check.failures(),
                settings.enabled() ? check.nextAt() : null,
                last == null ? null : UptimeResultResponse.of(last),
                availability,
                spans);
    }
}
