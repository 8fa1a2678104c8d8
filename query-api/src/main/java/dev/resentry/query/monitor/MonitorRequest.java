package dev.resentry.query.monitor;

import dev.resentry.model.cron.CronSchedule;
import dev.resentry.query.error.ApiException;
import dev.resentry.storage.monitor.MonitorSettings;
import dev.resentry.storage.monitor.MonitorStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.DateTimeException;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What a monitor is to be. What is absent gets what it says here.
 *
 * @param project the slug or id of the project that checks in; needed for a new monitor, and cannot be changed
 * @param slug by which check-ins name it, 1 to 50 characters; needed for a new monitor, and cannot be changed
 * @param name its slug if absent
 * @param status active (so if absent), muted (nobody is told) or disabled (nothing is kept)
 * @param schedule when it runs; absent if nobody knows yet: nothing is missed then
 * @param timeZone by whose clocks the schedule goes, such as Europe/Berlin; UTC if absent
 * @param checkinMargin how many minutes late a check-in may be; 1 if absent
 * @param maxRuntime how many minutes a run may take; 30 if absent
 * @param failureIssueThreshold how many failures in a row make an issue; 1 if absent
 * @param recoveryThreshold how many runs in a row that went well resolve it; 1 if absent
 * @param owner whom it concerns
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "MonitorSettings")
record MonitorRequest(
        @Nullable @Size(max = 100) String project,

        @Nullable
        @Size(max = MonitorSettings.MAX_SLUG)
        @Pattern(
                regexp = "(?=.*\\S)[^/\\\\\\x00-\\x1f\\x7f]+",
                message = "expected: 1 to 50 characters without slashes")
        String slug,

        @Nullable @Size(max = 100) String name,

        @Nullable @Pattern(regexp = "active|muted|disabled", message = "expected: active, muted or disabled")
        String status,

        @Nullable @Valid Schedule schedule,
        @Nullable @Size(max = 100) String timeZone,
        @Nullable @Min(0) @Max(MonitorSettings.MAX_MINUTES) Integer checkinMargin,
        @Nullable @Min(1) @Max(MonitorSettings.MAX_MINUTES) Integer maxRuntime,

        @Nullable @Min(1) @Max(MonitorSettings.MAX_THRESHOLD)
        Integer failureIssueThreshold,

        @Nullable @Min(1) @Max(MonitorSettings.MAX_THRESHOLD)
        Integer recoveryThreshold,

        @Nullable @Size(max = 200) String owner) {

    /**
     * When a job runs.
     *
     * @param type crontab or interval
     * @param value five fields such as {@code 0 4 * * 1-5}, or {@code @daily} and the like; of an interval a number and a unit such as
     *     {@code 10 minute}
     */
    @Schema(name = "MonitorScheduleSettings")
    record Schedule(
            @NotNull @Size(max = 20) String type,
            @NotNull @Size(max = 256) String value) {}

    /** As the audit log keeps it. */
    static MonitorRequest recorded(String project, MonitorSettings settings) {
        CronSchedule schedule = settings.schedule();
        return new MonitorRequest(
                project,
                settings.slug(),
                settings.name(),
                settings.status().wireName(),
                schedule == null ? null : new Schedule(schedule.type(), schedule.text()),
                settings.timeZone().getId(),
                settings.marginMinutes(),
                settings.maxRuntimeMinutes(),
                settings.failureThreshold(),
                settings.recoveryThreshold(),
                settings.owner());
    }

    MonitorSettings settings(String ofSlug) {
        String given = given(name);
        return new MonitorSettings(
                ofSlug,
                given == null ? ofSlug : given,
                status == null ? MonitorStatus.ACTIVE : MonitorStatus.of(status),
                schedule == null ? null : schedule(schedule.type(), schedule.value()),
                zone(timeZone),
                checkinMargin == null ? MonitorSettings.STANDARD_MARGIN : checkinMargin,
                maxRuntime == null ? MonitorSettings.STANDARD_MAX_RUNTIME : maxRuntime,
                failureIssueThreshold == null ? 1 : failureIssueThreshold,
                recoveryThreshold == null ? 1 : recoveryThreshold,
                given(owner));
    }

    static CronSchedule schedule(String type, String value) {
        try {
            return CronSchedule.of(type, value);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("schedule", String.valueOf(e.getMessage()));
        }
    }

    static ZoneId zone(@Nullable String name) {
        try {
            return name == null || name.isBlank() ? ZoneId.of("UTC") : ZoneId.of(name.strip());
        } catch (DateTimeException _) {
            throw ApiException.invalid("time_zone", "'%s' (expected: a name such as Europe/Berlin)".formatted(name));
        }
    }

    private static @Nullable String given(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
