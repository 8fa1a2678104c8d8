package dev.resentry.gateway.report;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks the fields of a report one by one, and remembers all that are wrong (features, E5). */
final class ReportFields {
    private final ObjectNode json;
    private final Map<String, String> faults = new TreeMap<>();

    ReportFields(ObjectNode json) {
        this.json = json;
    }

    Map<String, String> faults() {
        return Map.copyOf(faults);
    }

    ReportFields requiredText(String name, int maxLength) {
        JsonNode value = json.get(name);
        if (value == null || value.isNull()) {
            faults.put(name, "is missing");
        } else if (value.isString() && value.asString().isBlank()) {
            faults.put(name, "is empty");
        } else {
            text(name, maxLength);
        }
        return this;
    }

    ReportFields text(String name, int maxLength) {
        JsonNode value = present(name);
        if (value != null && !value.isString()) {
            faults.put(name, "expected a text, got " + kind(value));
        } else if (value != null && value.asString().length() > maxLength) {
            faults.put(
                    name,
                    "has %d characters (expected: at most %d)"
                            .formatted(value.asString().length(), maxLength));
        }
        return this;
    }

    ReportFields oneOf(String name, boolean required, Set<String> words) {
        JsonNode value = present(name);
        String expected =
                "expected one of " + String.join(", ", words.stream().sorted().toList());
        if (value == null) {
            if (required) {
                faults.put(name, "is missing; " + expected);
            }
        } else if (!value.isString() || !words.contains(value.asString())) {
            faults.put(name, expected);
        }
        return this;
    }

    ReportFields wholeNumber(String name, long min, long max) {
        JsonNode value = present(name);
        if (value != null
                && (!value.isIntegralNumber()
                        || !value.canConvertToLong()
                        || value.asLong() < min
                        || value.asLong() > max)) {
            faults.put(name, "expected a whole number from %d to %d".formatted(min, max));
        }
        return this;
    }

    ReportFields number(String name, double min) {
        JsonNode value = present(name);
        if (value != null && (!value.isNumber() || !(value.asDouble(Double.NaN) >= min))) {
            faults.put(name, "expected a number, %s or more".formatted(min == 0 ? "0" : Double.toString(min)));
        }
        return this;
    }

    ReportFields object(String name) {
        JsonNode value = present(name);
        if (value != null && !value.isObject()) {
            faults.put(name, "expected an object, got " + kind(value));
        }
        return this;
    }

    /** A time as RFC 3339 writes it, or seconds since 1970. */
    ReportFields time(String name) {
        JsonNode value = present(name);
        if (value != null && instant(value) == null) {
            faults.put(name, "expected a time as RFC 3339 writes it, or seconds since 1970");
        }
        return this;
    }

    static @Nullable Instant instant(JsonNode value) {
        try {
            // A whole number beyond a double's range has no value as one.
            double seconds = value.isNumber() ? value.asDouble(Double.NaN) : Double.NaN;
            if (Math.abs(seconds) < 1e11) {
                return Instant.ofEpochMilli((long) (seconds * 1000));
            }
            return value.isString() ? OffsetDateTime.parse(value.asString()).toInstant() : null;
        } catch (DateTimeException _) {
            return null;
        }
    }

    /** A field that is there and not null. */
    private @Nullable JsonNode present(String name) {
        JsonNode value = json.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            case BOOLEAN -> "true or false";
            case NUMBER -> "a number";
            default -> "something else";
        };
    }
}
