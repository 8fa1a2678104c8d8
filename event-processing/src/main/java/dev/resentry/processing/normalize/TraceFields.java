package dev.resentry.processing.normalize;

import dev.resentry.model.event.EventId;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the fields of a transaction or span.
 *
 * @param json the object that has the fields
 * @param path where it stands, with a final dot, for the names of fields in causes; empty for the whole document
 */
record TraceFields(JsonNode json, String path) {
    private static final Pattern SPAN_ID = Pattern.compile("[0-9a-fA-F]{16}");
    private static final String NO_SPAN = "0".repeat(16);
    private static final UUID NO_TRACE = new UUID(0, 0);
    private static final int SHOWN = 100;

    /** The fields of an object in this one. */
    TraceFields in(String name) {
        return new TraceFields(json.path(name), path + name + ".");
    }

    UUID traceId(String name) {
        JsonNode given = json.path(name);
        return EventId.parse(given.isString() ? given.asString() : "")
                .map(EventId::value)
                .filter(id -> !id.equals(NO_TRACE))
                .orElseThrow(() -> invalid(name, "32 hex digits, not all 0"));
    }

    String spanId(String name) {
        String id = optionalSpanId(name);
        if (id == null) {
            throw invalid(name, "16 hex digits, not all 0");
        }
        return id;
    }

    /** An id in lower case; null if there is none, which some SDKs write as zeros. */
    @Nullable
    String optionalSpanId(String name) {
        JsonNode given = json.path(name);
        if (given.isMissingNode()
                || given.isNull()
                || given.asString("").isEmpty()
                || NO_SPAN.equals(given.asString(""))) {
            return null;
        }
        if (!given.isString() || !SPAN_ID.matcher(given.asString()).matches()) {
            throw invalid(name, "16 hex digits");
        }
        return given.asString().toLowerCase(Locale.ROOT);
    }

    Instant time(String name) {
        Instant time = Timestamps.parse(json.path(name));
        if (time == null) {
            throw invalid(name, "seconds since 1970 or RFC 3339");
        }
        return time;
    }

    /** The time of an end, which is not before a start. */
    Instant timeNotBefore(String name, Instant start) {
        Instant end = time(name);
        if (end.isBefore(start)) {
            throw invalid(name, "not before " + start);
        }
        return end;
    }

    /** A text, cut to a length; null if it is missing, blank or none. */
    @Nullable
    String text(String name, int maxLength) {
        JsonNode given = json.path(name);
        if (!given.isString() || given.asString().isBlank()) {
            return null;
        }
        String text = given.asString().strip();
        return text.length() <= maxLength ? text : text.substring(0, maxLength - 1) + "…";
    }

    InvalidFieldException invalid(String name, String expected) {
        String given =
                json.path(name).isMissingNode() ? "missing" : json.path(name).toString();
        return new InvalidFieldException(
                path + name, given.length() <= SHOWN ? given : given.substring(0, SHOWN) + "…", expected);
    }
}
