package dev.resentry.storage.monitor;

import dev.resentry.model.cron.CronSchedule;
import dev.resentry.model.cron.Crontab;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a monitor.
 *
 * @param slug by which check-ins name it, unique in its project
 * @param schedule null if nobody has said it yet: nothing is missed then
 * @param marginMinutes how late a check-in may be, 0 to 40320
 * @param maxRuntimeMinutes how long a run may take, 1 to 40320
 * @param failureThreshold how many failures in a row open an incident, 1 to 50
 * @param recoveryThreshold how many runs in a row that went well close it, 1 to 50
 * @param owner whom it concerns, as its sender names them
 */
public record MonitorSettings(
        String slug,
        String name,
        MonitorStatus status,
        @Nullable CronSchedule schedule,
        ZoneId timeZone,
        int marginMinutes,
        int maxRuntimeMinutes,
        int failureThreshold,
        int recoveryThreshold,
        @Nullable String owner) {
    public static final int MAX_MINUTES = 40_320;
    public static final int MAX_THRESHOLD = 50;
    public static final int MAX_SLUG = 50;
    public static final int STANDARD_MARGIN = 1;
    public static final int STANDARD_MAX_RUNTIME = 30;

    /** When it is due after a time; null if it is not by any schedule. */
    @Nullable
    Instant next(Instant after) {
        return schedule == null || status == MonitorStatus.DISABLED ? null : schedule.next(after, timeZone);
    }

    /** Up to when a check-in of a time says what came of what was due: clocks differ. */
    Instant accountedForBy(Instant at) {
        return schedule instanceof Crontab ? at.plus(Crontab.CLOCK_TOLERANCE) : at;
    }

    Duration margin() {
        return Duration.ofMinutes(marginMinutes);
    }

    Duration maxRuntime() {
        return Duration.ofMinutes(maxRuntimeMinutes);
    }

    /** Whether what was due under the other settings says nothing of what is due under these. */
    boolean isDueOtherwiseThan(MonitorSettings other) {
        return (schedule == null ? other.schedule != null : !schedule.equals(other.schedule))
                || !timeZone.equals(other.timeZone)
                || (other.status == MonitorStatus.DISABLED && status != MonitorStatus.DISABLED);
    }
}
