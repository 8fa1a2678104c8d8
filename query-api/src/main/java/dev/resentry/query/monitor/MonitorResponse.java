package dev.resentry.query.monitor;

import dev.resentry.model.cron.CronSchedule;
import dev.resentry.storage.monitor.MonitorEnvironment;
import dev.resentry.storage.monitor.MonitorSettings;
import dev.resentry.storage.monitor.StoredCheckIn;
import dev.resentry.storage.monitor.StoredMonitor;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A monitor and how it fares.
 *
 * @param status active, muted or disabled
 * @param schedule null if nobody has said yet when it runs
 * @param checkinMargin how many minutes late a check-in may be
 * @param maxRuntime how many minutes a run may take
 * @param environments those that have checked in, by name
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "Monitor")
record MonitorResponse(
        long id,
        ProjectOfMonitor project,
        String slug,
        String name,
        String status,
        @Nullable Schedule schedule,
        String timeZone,
        int checkinMargin,
        int maxRuntime,
        int failureIssueThreshold,
        int recoveryThreshold,
        @Nullable String owner,
        Instant createdAt,
        List<Environment> environments) {

    /** The project that checks in. */
    @Schema(name = "MonitorProject")
    record ProjectOfMonitor(long id, String slug) {}

    /**
     * When a job runs.
     *
     * @param type crontab or interval
     * @param words for people, such as {@code every 10 minutes}
     */
    @Schema(name = "MonitorSchedule")
    record Schedule(String type, String value, String words) {
        static @Nullable Schedule of(@Nullable CronSchedule schedule) {
            return schedule == null ? null : new Schedule(schedule.type(), schedule.text(), schedule.words());
        }
    }

    /**
     * How a monitor fares in an environment.
     *
     * @param status that of its newest check-in: in_progress, ok, error, missed, timeout or unknown; waiting before the first
     * @param lastCheckIn when the newest came
     * @param nextCheckIn when one is due; null if none is
     * @param consecutiveFailures how many of the newest failed in a row
     * @param failingSince when it began to fail so often that there is an issue; null if it does not
     * @param issueId the issue of its failures; null if there was none yet
     * @param recent the last 40 check-ins, the newest first; in a list, of the first 10 environments of a monitor
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "MonitorEnvironment")
    record Environment(
            String name,
            String status,
            @Nullable Instant lastCheckIn,
            @Nullable Instant nextCheckIn,
            int consecutiveFailures,
            @Nullable Instant failingSince,
            @Nullable Long issueId,
            List<Cell> recent) {}

    /**
     * A check-in at a glance.
     *
     * @param at when it was first heard of; of a missed one, when it counted so
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "MonitorCell")
    record Cell(
            UUID id, Instant at, String status, @Nullable Long durationMs) {
        static Cell of(StoredCheckIn checkIn) {
            return new Cell(checkIn.id(), checkIn.at(), checkIn.status().wireName(), checkIn.durationMs());
        }
    }

    static MonitorResponse of(StoredMonitor monitor, Map<Long, List<StoredCheckIn>> newest) {
        MonitorSettings settings = monitor.settings();
        return new MonitorResponse(
                monitor.id(),
                new ProjectOfMonitor(monitor.projectId(), monitor.projectSlug()),
                settings.slug(),
                settings.name(),
                settings.status().wireName(),
                Schedule.of(settings.schedule()),
                settings.timeZone().getId(),
                settings.marginMinutes(),
                settings.maxRuntimeMinutes(),
                settings.failureThreshold(),
                settings.recoveryThreshold(),
                settings.owner(),
                monitor.createdAt(),
                monitor.environments().stream()
                        .map(one -> environment(one, newest.getOrDefault(one.id(), List.of())))
                        .toList());
    }

    private static Environment environment(MonitorEnvironment environment, List<StoredCheckIn> newest) {
        return new Environment(
                environment.name(),
                environment.status(),
                environment.lastAt(),
                environment.nextAt(),
                environment.failures(),
                environment.failingSince(),
                environment.issueId(),
                newest.stream().map(Cell::of).toList());
    }
}
