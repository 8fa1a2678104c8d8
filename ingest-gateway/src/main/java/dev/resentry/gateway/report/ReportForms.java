package dev.resentry.gateway.report;

import dev.resentry.model.event.EventId;
import dev.resentry.model.event.Level;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Which fields each form has. Every check returns all that is wrong, by field; nothing is wrong if it is empty. */
public final class ReportForms {
    private static final int MAX_NAME = 200;
    private static final int MAX_TEXT = 100_000;
    private static final Set<String> SESSION_STATUSES = Set.of("ok", "errored", "crashed", "exited");

    /** Ingest protocol, section 3.5. */
    private static final Set<String> CHECK_IN_STATUSES = Set.of("in_progress", "ok", "error");

    private static final Pattern DURATION = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,9})?");

    private ReportForms() {}

    /** Features, E1. */
    public static Map<String, String> errorFaults(ObjectNode json) {
        return new ReportFields(json)
                .requiredText("project_key", MAX_NAME)
                .requiredText("message", MAX_TEXT)
                .text("stack", ReportBody.MAX_BYTES)
                .text("method", MAX_NAME)
                .text("path", MAX_TEXT)
                .wholeNumber("status_code", 100, 599)
                .time("timestamp")
                .faults();
    }

    /** Features, M2. */
    public static Map<String, String> eventFaults(ObjectNode json) {
        return new ReportFields(json)
                .requiredText("message", MAX_TEXT)
                .oneOf("level", false, Level.wireNames())
                .text("release", MAX_NAME)
                .text("environment", MAX_NAME)
                .text("stack", ReportBody.MAX_BYTES)
                .object("extra")
                .time("timestamp")
                .faults();
    }

    /** Features, M6. */
    public static Map<String, String> sessionFaults(ObjectNode json) {
        return new ReportFields(json)
                .requiredText("session_id", MAX_NAME)
                .oneOf("status", true, SESSION_STATUSES)
                .requiredText("release", MAX_NAME)
                .text("environment", MAX_NAME)
                .text("user", MAX_NAME)
                .number("duration_ms", 0)
                .time("timestamp")
                .faults();
    }

    /** A check-in in a query, where only the statuses are taken that a client may state. */
    public static Map<String, String> checkInFaults(Function<String, @Nullable String> query) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (String name : List.of("status", "environment", "check_in_id")) {
            String value = query.apply(name);
            if (value != null) {
                json.put(name, value);
            }
        }
        Map<String, String> faults = new TreeMap<>(checkInFaults(json));
        String status = query.apply("status");
        if (status == null || !CHECK_IN_STATUSES.contains(status)) {
            faults.put(
                    "status", "%s (expected: in_progress, ok or error)".formatted(status == null ? "missing" : status));
        }
        String duration = query.apply("duration");
        if (duration != null && !DURATION.matcher(duration).matches()) {
            faults.put("duration", "expected a number, 0 or more");
        }
        return faults;
    }

    /** A check-in as JSON; its slug stands in the path. A status that is not known here is one of tomorrow (section 3.5). */
    public static Map<String, String> checkInFaults(ObjectNode json) {
        var fields = new ReportFields(json)
                .requiredText("status", MAX_NAME)
                .text("environment", 64)
                .number("duration", 0)
                .object("monitor_config");
        Map<String, String> faults = new TreeMap<>(fields.faults());
        JsonNode id = json.get("check_in_id");
        if (id != null
                && !id.isNull()
                && !(id.isString() && EventId.parse(id.asString()).isPresent())) {
            faults.put("check_in_id", "expected a UUID");
        }
        return faults;
    }

    /**
     * A {@code timestamp} that has passed its check.
     *
     * @throws IllegalArgumentException if it has not
     */
    public static Instant time(JsonNode timestamp) {
        Instant time = ReportFields.instant(timestamp);
        if (time == null) {
            throw new IllegalArgumentException("timestamp: " + timestamp);
        }
        return time;
    }
}
