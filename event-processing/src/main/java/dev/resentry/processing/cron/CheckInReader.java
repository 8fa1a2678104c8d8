package dev.resentry.processing.cron;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.cron.CheckInStatus;
import dev.resentry.model.cron.CronSchedule;
import dev.resentry.model.event.EventId;
import dev.resentry.model.release.NameRule;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the payload of a check-in (ingest protocol, section 3.5). A monitor's configuration that cannot be is left out, and said to be so:
 * that the job ran is known all the same.
 */
public final class CheckInReader {
    static final String STANDARD_ENVIRONMENT = "production";

    private static final int MAX_SLUG = 50;
    private static final int MAX_MINUTES = 40_320;
    private static final int MAX_THRESHOLD = 50;
    private static final int MAX_OWNER = 200;
    private static final int MAX_PROBLEM = 500;
    private static final int SHOWN = 100;

    /** A year, in seconds. */
    private static final double MAX_DURATION = 366 * 86_400.0;

    private static final UUID LATEST = new UUID(0, 0);

    private CheckInReader() {}

    private static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        RefusedException(String message) {
            super(message);
        }

        static RefusedException of(String field, JsonNode given, String expected) {
            return new RefusedException("%s: %s (expected: %s)".formatted(field, shown(given), expected));
        }
    }

    public static CheckInReading read(ObjectNode json) {
        try {
            String slug = slug(json.path("monitor_slug"));
            JsonNode status = json.path("status");
            if (!status.isString()) {
                throw RefusedException.of("status", status, "in_progress, ok or error");
            }
            String environment = environment(json.path("environment"));
            CheckInConfig config = null;
            String problem = null;
            try {
                config = config(json.path("monitor_config"));
            } catch (RefusedException e) {
                problem = shortened(String.valueOf(e.getMessage()));
            }
            return new CheckInReading.Read(new CheckIn(
                    slug,
                    environment,
                    id(json.path("check_in_id")),
                    CheckInStatus.reported(status.asString()),
                    duration(json.path("duration")),
                    release(json.path("release")),
                    uuid(json.path("contexts").path("trace").path("trace_id")),
                    config,
                    problem));
        } catch (RefusedException e) {
            return new CheckInReading.Invalid(String.valueOf(e.getMessage()));
        }
    }

    private static String slug(JsonNode given) {
        String slug = text(given);
        if (slug == null
                || slug.chars().anyMatch(Character::isISOControl)
                || !UTF_8.newEncoder().canEncode(slug)) {
            throw RefusedException.of("monitor_slug", given, "the slug of a monitor");
        }
        int end = Math.min(slug.length(), MAX_SLUG);
        return slug.substring(0, Character.isHighSurrogate(slug.charAt(end - 1)) ? end - 1 : end)
                .strip();
    }

    private static String environment(JsonNode given) {
        String environment = text(given);
        if (environment == null) {
            return STANDARD_ENVIRONMENT;
        }
        if (NameRule.ENVIRONMENT.fault(environment).isPresent()) {
            throw new RefusedException("environment: %s (%s)".formatted(shown(given), NameRule.ENVIRONMENT.words()));
        }
        return environment;
    }

    private static @Nullable UUID id(JsonNode given) {
        if (given.isMissingNode() || given.isNull()) {
            return null;
        }
        UUID id = uuid(given);
        if (id == null && !isLatest(given)) {
            throw RefusedException.of("check_in_id", given, "a UUID");
        }
        return id;
    }

    private static boolean isLatest(JsonNode given) {
        return given.isString()
                && EventId.parse(given.asString().strip())
                        .filter(id -> id.value().equals(LATEST))
                        .isPresent();
    }

    private static @Nullable UUID uuid(JsonNode given) {
        return given.isString()
                ? EventId.parse(given.asString().strip())
                        .map(EventId::value)
                        .filter(id -> !id.equals(LATEST))
                        .orElse(null)
                : null;
    }

    private static @Nullable String release(JsonNode given) {
        String release = text(given);
        return release == null || NameRule.RELEASE.fault(release).isPresent() ? null : release;
    }

    /** Given in seconds. One that cannot be is left out. */
    private static @Nullable Long duration(JsonNode given) {
        double seconds = given.isNumber() ? given.asDouble() : -1;
        return seconds >= 0 && seconds <= MAX_DURATION ? Math.round(seconds * 1000) : null;
    }

    private static @Nullable CheckInConfig config(JsonNode config) {
        if (config.isMissingNode() || config.isNull()) {
            return null;
        }
        return new CheckInConfig(
                schedule(config.path("schedule")),
                zone(config.path("timezone")),
                number(config, "checkin_margin", 0, MAX_MINUTES),
                number(config, "max_runtime", 1, MAX_MINUTES),
                number(config, "failure_issue_threshold", 1, MAX_THRESHOLD),
                number(config, "recovery_threshold", 1, MAX_THRESHOLD),
                cut(text(config.path("owner"))));
    }

    private static CronSchedule schedule(JsonNode given) {
        JsonNode value = given.path("value");
        String type = text(given.path("type"));
        if (type == null) {
            throw RefusedException.of("monitor_config.schedule.type", given.path("type"), "crontab or interval");
        }
        try {
            return CronSchedule.of(
                    type,
                    type.equals("interval")
                            ? value.asString("") + " " + given.path("unit").asString("")
                            : value.asString(""));
        } catch (IllegalArgumentException e) {
            throw new RefusedException("monitor_config.schedule: " + e.getMessage());
        }
    }

    private static @Nullable ZoneId zone(JsonNode given) {
        String zone = text(given);
        try {
            return zone == null ? null : ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw RefusedException.of("monitor_config.timezone", given, "a name such as Europe/Berlin");
        }
    }

    private static @Nullable Integer number(JsonNode config, String name, int least, int most) {
        JsonNode given = config.path(name);
        if (given.isMissingNode() || given.isNull()) {
            return null;
        }
        if (!given.isIntegralNumber()
                || !given.canConvertToInt()
                || given.intValue() < least
                || given.intValue() > most) {
            throw RefusedException.of("monitor_config." + name, given, "%d to %d".formatted(least, most));
        }
        return given.intValue();
    }

    private static @Nullable String text(JsonNode given) {
        return given.isString() && !given.asString().isBlank()
                ? given.asString().strip()
                : null;
    }

    private static @Nullable String cut(@Nullable String text) {
        return text == null || text.length() <= MAX_OWNER ? text : text.substring(0, MAX_OWNER);
    }

    private static String shortened(String problem) {
        if (problem.length() <= MAX_PROBLEM) {
            return problem;
        }
        int end = MAX_PROBLEM - 1;
        return problem.substring(0, Character.isHighSurrogate(problem.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    private static String shown(JsonNode given) {
        if (given.isMissingNode()) {
            return "missing";
        }
        String text = given.toString();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
