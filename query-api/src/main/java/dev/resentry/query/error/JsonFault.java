package dev.resentry.query.error;

import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** What is wrong with a body that could not be read, and where. */
record JsonFault(String message, Map<String, String> fields) {

    static JsonFault of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnrecognizedPropertyException unknown) {
                return unknownField(unknown);
            }
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

    private static JsonFault unknownField(UnrecognizedPropertyException unknown) {
        String field = path(unknown);
        String known = unknown.getKnownPropertyIds().stream()
                .map(String::valueOf)
                .sorted()
                .collect(Collectors.joining(", "));
        String cause = "%s: unknown (expected: %s)".formatted(position(unknown.getLocation()), known);
        return new JsonFault(field + ": " + cause, Map.of(field, cause));
    }

    private static JsonFault wrongType(MismatchedInputException mismatch) {
        String field = path(mismatch);
        String cause = "%s (expected: %s)"
                .formatted(position(mismatch.getLocation()), ExpectedType.of(mismatch.getTargetType()));
        return new JsonFault(field + ": " + cause, Map.of(field, cause));
    }

    private static String path(MismatchedInputException mismatch) {
        return mismatch.getPath().stream()
                .map(reference -> reference.getPropertyName() == null
                        ? "[%d]".formatted(reference.getIndex())
                        : reference.getPropertyName())
                .collect(Collectors.joining("."));
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
