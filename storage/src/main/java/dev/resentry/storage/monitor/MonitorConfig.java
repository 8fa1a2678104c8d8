package dev.resentry.storage.monitor;

import dev.resentry.model.cron.CronSchedule;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** What a check-in says of its monitor. What is null, it does not say. */
public record MonitorConfig(
        CronSchedule schedule,
        @Nullable ZoneId timeZone,
        @Nullable Integer marginMinutes,
        @Nullable Integer maxRuntimeMinutes,
        @Nullable Integer failureThreshold,
        @Nullable Integer recoveryThreshold,
        @Nullable String owner) {

    /** The settings with what is said here. */
    MonitorSettings over(MonitorSettings settings) {
        return new MonitorSettings(
                settings.slug(),
                settings.name(),
                settings.status(),
                schedule,
                timeZone == null ? settings.timeZone() : timeZone,
                marginMinutes == null ? settings.marginMinutes() : marginMinutes,
                maxRuntimeMinutes == null ? settings.maxRuntimeMinutes() : maxRuntimeMinutes,
                failureThreshold == null ? settings.failureThreshold() : failureThreshold,
                recoveryThreshold == null ? settings.recoveryThreshold() : recoveryThreshold,
                owner == null ? settings.owner() : owner);
    }
}
