package dev.resentry.processing.cron;

import dev.resentry.model.cron.CronSchedule;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** What a check-in says of its monitor. What is null, it does not say. */
public record CheckInConfig(
        CronSchedule schedule,
        @Nullable ZoneId timeZone,
        @Nullable Integer marginMinutes,
        @Nullable Integer maxRuntimeMinutes,
        @Nullable Integer failureThreshold,
        @Nullable Integer recoveryThreshold,
        @Nullable String owner) {}
