package dev.resentry.query.error;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** What is wrong with a body that could not be read, and where. */
record JsonFault(String message, Map<String, String> fields) {
    /** What the parser tells programmers about its own settings. */
    private static final Pattern PARSER_HINT = Pattern.compile("(?:, from|: enable) `[^`]*`(?: to allow)?");

    static JsonFault of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnrecognizedPropertyException unknown) {
                return unknownField(unknown);
            }
            if (cause instanceof MismatchedInputException mismatch) {
                return mismatch.getPath().isEmpty() ? wrongBody(mismatch) : wrongType(mismatch);
            }
            if (cause instanceof StreamConstraintsException limit) {
                return new JsonFault("The body goes beyond a limit: " + words(limit), Map.of());
            }
            if (cause instanceof JacksonException json && json.getLocation() != null) {
                return notExpected(json, words(json));
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

    private static JsonFault wrongBody(MismatchedInputException mismatch) {
        String words = words(mismatch);
        if (words.startsWith("Trailing token")) {
            return notExpected(mismatch, "something follows it");
        }
        if (words.startsWith("No content")) {
            return new JsonFault("The body is missing (expected: JSON)", Map.of());
        }
        return notExpected(
                mismatch,
                "a value of another type (expected: %s)".formatted(ExpectedType.of(mismatch.getTargetType())));
    }

    private static JsonFault notExpected(JacksonException json, String why) {
        return new JsonFault(
                "The body is not the JSON expected, %s: %s".formatted(position(json.getLocation()), why), Map.of());
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

    /** The first line of what the parser says. */
    private static String words(JacksonException json) {
        String line = json.getOriginalMessage().lines().findFirst().orElse("");
        return PARSER_HINT.matcher(line).replaceAll("");
    }
}
