package dev.resentry.query.error;

import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.exc.MismatchedInputException;

/** What is wrong with a body that could not be read, and where. */
record JsonFault(String message, Map<String, String> fields) {

    static JsonFault of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MismatchedInputException mismatch
                    && !mismatch.getPath().isEmpty()) {
                return wrongType(mismatch);
            }
            if (cause instanceof JacksonException json && json.getLocation() != null) {
                return new JsonFault(
                        "The body is not the JSON expected, %s: %s"
                                .formatted(position(json.getLocation()), firstLine(json.getOriginalMessage())),
                        Map.of());
            }
        }
        return new JsonFault("The body is missing (expected: JSON)", Map.of());
    }

    /** The type as callers know it. */
    static String wireName(@Nullable Class<?> type) {
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (type != null && (Number.class.isAssignableFrom(type) || type.isPrimitive())) {
            return "a whole number";
        }
        return type == String.class ? "a text" : "an object";
    }

    private static JsonFault wrongType(MismatchedInputException mismatch) {
        String field = mismatch.getPath().stream()
                .map(reference -> reference.getPropertyName() == null
                        ? "[%d]".formatted(reference.getIndex())
                        : reference.getPropertyName())
                .collect(Collectors.joining("."));
        String cause =
                "%s (expected: %s)".formatted(position(mismatch.getLocation()), wireName(mismatch.getTargetType()));
        return new JsonFault(field + ": " + cause, Map.of(field, cause));
    }

    private static String position(@Nullable TokenStreamLocation location) {
        return location == null
                ? "somewhere"
                : "line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
