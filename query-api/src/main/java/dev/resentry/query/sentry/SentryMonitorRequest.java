package dev.resentry.query.sentry;

import dev.resentry.model.cron.CronSchedule;
import dev.resentry.query.error.ApiException;
import dev.resentry.storage.monitor.MonitorSettings;
import dev.resentry.storage.monitor.MonitorStatus;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A monitor that was sent, in the form of {@link SentryMonitor}, whose fields that are the server's it passes over. */
record SentryMonitorRequest(JsonFields body) {
    private static final Pattern SLUG = Pattern.compile("[A-Za-z0-9_-]{1,%d}".formatted(MonitorSettings.MAX_SLUG));
    private static final int MAX_NAME = 100;
    private static final int MAX_OWNER = 200;
    private static final String INTERVAL = "interval";

    static SentryMonitorRequest of(JsonNode request) {
        JsonFields body = JsonFields.of(request, "");
        body.word("type", "cron_job", List.of("cron_job"));
        body.refuse("alertRule", "alert rules are written apart");
        body.refuse("alert_rule", "alert rules are written apart");
        return new SentryMonitorRequest(body);
    }

    /** Its slug or id; a monitor that was read has it as an object. */
    String project() {
        return body.value("project").isObject()
                ? body.object("project").text("slug", "the slug of a project")
                : body.text("project", "the slug or id of a project");
    }

    boolean namesProject() {
        return body.has("project");
    }

    /** A monitor that is to be there; a slug that is absent is made of its name. */
    MonitorSettings added() {
        if (!body.has("slug") && !body.has("name")) {
            throw body.wrong("name", "1 to %d characters".formatted(MAX_NAME));
        }
        String slug = body.has("slug")
                ? body.text("slug", "a slug")
                : body.text("name", "a name")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9_-]+", "-")
                        .replaceAll("^-+|-+$", "");
        if (!SLUG.matcher(slug).matches()) {
            throw ApiException.invalid(
                    "slug",
                    "'%s' (expected: 1 to %d letters, digits, - and _)".formatted(slug, MonitorSettings.MAX_SLUG));
        }
        return settings(new MonitorSettings(
                slug,
                slug,
                MonitorStatus.ACTIVE,
                null,
                ZoneId.of("UTC"),
                MonitorSettings.STANDARD_MARGIN,
                MonitorSettings.STANDARD_MAX_RUNTIME,
                1,
                1,
                null));
    }

    /** A monitor that is there, of which what is absent stays as it is; its slug and project cannot change. */
    MonitorSettings changed(MonitorSettings before) {
        if (body.has("slug") && !body.text("slug", "a slug").equals(before.slug())) {
            throw ApiException.invalid("slug", "it cannot be changed (expected: %s)".formatted(before.slug()));
        }
        return settings(before);
    }

    private MonitorSettings settings(MonitorSettings before) {
        JsonFields config = body.has("config") ? body.object("config") : null;
        CronSchedule schedule = config == null ? before.schedule() : schedule(config, before.schedule());
        if (schedule == null) {
            throw ApiException.invalid(
                    "config.schedule", "missing (expected: such as '0 4 * * *' or [10, \"minute\"])");
        }
        return new MonitorSettings(
                before.slug(),
                Objects.requireNonNullElse(text("name", MAX_NAME, before.name()), before.slug()),
                status(before.status()),
                schedule,
                config == null ? before.timeZone() : zone(config, before.timeZone()),
                minutes(config, "checkin_margin", before.marginMinutes(), MonitorSettings.STANDARD_MARGIN, 0),
                minutes(config, "max_runtime", before.maxRuntimeMinutes(), MonitorSettings.STANDARD_MAX_RUNTIME, 1),
                threshold(config, "failure_issue_threshold", before.failureThreshold()),
                threshold(config, "recovery_threshold", before.recoveryThreshold()),
                text("owner", MAX_OWNER, before.owner()));
    }

    private @Nullable String text(String field, int most, @Nullable String before) {
        if (!body.says(field)) {
            return before;
        }
        String text = body.optionalText(field, most);
        return text == null || text.isBlank() ? null : text.strip();
    }

    private MonitorStatus status(MonitorStatus before) {
        String usual = before == MonitorStatus.DISABLED ? "disabled" : "active";
        boolean muted = body.flag("isMuted", before == MonitorStatus.MUTED);
        return switch (body.word("status", usual, List.of("active", "disabled", "muted"))) {
            case "disabled" -> MonitorStatus.DISABLED;
            case "muted" -> MonitorStatus.MUTED;
            default -> muted ? MonitorStatus.MUTED : MonitorStatus.ACTIVE;
        };
    }

    private static @Nullable CronSchedule schedule(JsonFields config, @Nullable CronSchedule before) {
        if (!config.has("schedule")) {
            return before;
        }
        JsonNode given = config.value("schedule");
        String text = given.isArray() && given.size() == 2
                ? given.path(0).asString("") + " " + given.path(1).asString("")
                : config.text("schedule", "a crontab, or a number and a unit");
        String type =
                config.word("schedule_type", given.isArray() ? INTERVAL : "crontab", List.of("crontab", INTERVAL));
        try {
            return CronSchedule.of(type, text);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("config.schedule", String.valueOf(e.getMessage()));
        }
    }

    private static ZoneId zone(JsonFields config, ZoneId before) {
        if (!config.has("timezone")) {
            return before;
        }
        try {
            return ZoneId.of(config.text("timezone", "a name such as Europe/Berlin"));
        } catch (DateTimeException _) {
            throw config.wrong("timezone", "a name such as Europe/Berlin");
        }
    }

    private static int minutes(@Nullable JsonFields config, String field, int before, int usual, int least) {
        if (config == null || !config.says(field)) {
            return before;
        }
        return config.whole(field, usual, least, MonitorSettings.MAX_MINUTES);
    }

    private static int threshold(@Nullable JsonFields config, String field, int before) {
        if (config == null || !config.says(field)) {
            return before;
        }
        return config.whole(field, 1, 1, MonitorSettings.MAX_THRESHOLD);
    }
}
