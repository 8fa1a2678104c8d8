package dev.resentry.query.sentry;

import dev.resentry.model.cron.CronSchedule;
import dev.resentry.storage.monitor.MonitorEnvironment;
import dev.resentry.storage.monitor.MonitorSettings;
import dev.resentry.storage.monitor.StoredMonitor;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A monitor of a job that runs by a schedule. */
record SentryMonitor(
        String id,
        String slug,
        String name,
        String status,
        boolean isMuted,
        boolean isUpserting,
        String type,
        Map<String, @Nullable Object> config,
        List<Environment> environments,
        ProjectName project,
        @Nullable String owner,
        Instant dateCreated) {

    /** How it fares in an environment. */
    record Environment(
            String name,
            String status,
            boolean isMuted,
            @Nullable Instant lastCheckIn,
            @Nullable Instant nextCheckIn,
            @Nullable Instant nextCheckInLatest) {}

    record ProjectName(String id, String slug) {}

    static SentryMonitor of(StoredMonitor monitor) {
        MonitorSettings settings = monitor.settings();
        String status = settings.status().wireName();
        boolean muted = status.equals("muted");
        return new SentryMonitor(
                String.valueOf(monitor.id()),
                settings.slug(),
                settings.name(),
                muted ? "active" : status,
                muted,
                false,
                "cron_job",
                config(settings),
                monitor.environments().stream()
                        .map(one -> environment(one, settings, muted))
                        .toList(),
                new ProjectName(String.valueOf(monitor.projectId()), monitor.projectSlug()),
                settings.owner(),
                monitor.createdAt());
    }

    private static Environment environment(MonitorEnvironment one, MonitorSettings settings, boolean muted) {
        Instant next = one.nextAt();
        return new Environment(
                one.name(),
                switch (one.status()) {
                    case "waiting" -> "active";
                    case "missed" -> "missed_checkin";
                    default -> one.status();
                },
                muted,
                one.lastAt(),
                next,
                next == null ? null : next.plusSeconds(60L * settings.marginMinutes()));
    }

    private static Map<String, @Nullable Object> config(MonitorSettings settings) {
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        CronSchedule schedule = settings.schedule();
        if (schedule != null) {
            config.put("schedule_type", schedule.type());
            config.put("schedule", schedule.type().equals("interval") ? interval(schedule.text()) : schedule.text());
        }
        config.put("timezone", settings.timeZone().getId());
        config.put("checkin_margin", settings.marginMinutes());
        config.put("max_runtime", settings.maxRuntimeMinutes());
        config.put("failure_issue_threshold", settings.failureThreshold());
        config.put("recovery_threshold", settings.recoveryThreshold());
        return config;
    }

    /** A number and a unit. */
    private static Object interval(String text) {
        int blank = text.indexOf(' ');
        return blank > 0 && text.substring(0, blank).matches("\\d{1,9}")
                ? List.of(Integer.parseInt(text.substring(0, blank)), text.substring(blank + 1))
                : text;
    }
}
