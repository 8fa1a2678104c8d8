package dev.resentry.processing.group.message;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Failures that JavaScript engines report by fixed phrases, each engine by its own. */
final class EnginePhrases {

    /** A failure, the class it has in most engines, and the phrases of which one is in its text. */
    private record Failure(String kind, @Nullable String type, List<String> phrases) {}

    private static final List<Failure> FAILURES = List.of(
            failure(
                    "module not loaded",
                    "TypeError",
                    "dynamically imported module",
                    "importing a module script failed"),
            failure(
                    "fetch failed",
                    "TypeError",
                    "failed to fetch",
                    "networkerror when attempting to fetch",
                    "load failed",
                    "network request failed",
                    "the network connection was lost",
                    "internet connection appears to be offline"),
            failure("recursion too deep", "RangeError", "maximum call stack size exceeded", "too much recursion"),
            failure(
                    "not valid JSON",
                    "SyntaxError",
                    "json.parse:",
                    "json parse error",
                    "is not valid json",
                    "in json at position",
                    "unexpected end of json input"),
            failure(
                    "circular structure",
                    "TypeError",
                    "circular structure to json",
                    "cyclic object value",
                    "cannot serialize cyclic"),
            failure("array length", "RangeError", "invalid array length", "array size is not a small enough"),
            failure("assignment to constant", "TypeError", "assignment to constant", "invalid assignment to const"),
            failure(
                    "assignment to read-only property",
                    "TypeError",
                    "attempted to assign to readonly",
                    "assign to read only property",
                    "is read-only",
                    "only a getter",
                    "setting getter-only property"),
            failure(
                    "used before initialization",
                    "ReferenceError",
                    "before initialization",
                    "cannot access uninitialized variable"),
            failure("not extensible", "TypeError", "object is not extensible", "on object that is not extensible"),
            failure(
                    "constructor called as function",
                    "TypeError",
                    "cannot be invoked without 'new'",
                    "must be invoked with 'new'",
                    "cannot call a class constructor"),
            failure("invalid date", "RangeError", "invalid time value", "invalid date"),
            failure(
                    "digits out of range",
                    "RangeError",
                    "digits argument must be between",
                    "argument must be between",
                    "precision "),
            failure(
                    "repeat count",
                    "RangeError",
                    "invalid count value",
                    "repeat count must be",
                    "repeat argument must be"),
            failure("invalid URL", "TypeError", "invalid url", "is not a valid url", "cannot be parsed as a url"),
            failure(
                    "not base64",
                    "InvalidCharacterError",
                    "string to be decoded is not correctly encoded",
                    "string contains an invalid character",
                    "string contains invalid characters"),
            failure("BigInt mixed", "TypeError", "mix bigint", "convert bigint", "mix of bigint"),
            failure(
                    "instanceof of no class",
                    "TypeError",
                    "of 'instanceof'",
                    "'instanceof' operand",
                    "side of instanceof"),
            failure(
                    "null to object",
                    "TypeError",
                    "convert undefined or null to object",
                    "can't convert undefined to object",
                    "can't convert null to object"),
            failure("quota", "QuotaExceededError", "exceeded the quota", "quota has been exceeded"),
            failure("no child", "NotFoundError", "is not a child of this node", "the object can not be found here"),
            failure("empty reduce", "TypeError", "reduce of empty array"),
            failure(
                    "aborted",
                    "AbortError",
                    "the user aborted a request",
                    "signal is aborted without reason",
                    "the operation was aborted",
                    "fetch is aborted"),
            failure("ResizeObserver loop", null, "resizeobserver loop"));

    /** So long are the texts of engines; a longer one is of a program that quotes one. */
    private static final int MAX_LENGTH = 240;

    private EnginePhrases() {}

    private static Failure failure(String kind, @Nullable String type, String... phrases) {
        return new Failure(kind, type, List.of(phrases));
    }

    static @Nullable EngineMessage find(String text) {
        if (text.length() > MAX_LENGTH) {
            return null;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        for (Failure failure : FAILURES) {
            for (String phrase : failure.phrases()) {
                if (isPhrase(lower, phrase)) {
                    return new EngineMessage(failure.kind(), "", failure.type());
                }
            }
        }
        return null;
    }

    /** A phrase of two common words has to be the whole text: programs say such things as well. */
    private static boolean isPhrase(String text, String phrase) {
        return switch (phrase) {
            case "failed to fetch", "load failed", "network request failed" ->
                text.equals(phrase) || text.startsWith(phrase + " (");
            case "precision " -> text.startsWith(phrase) && text.endsWith("out of range");
            case "invalid date" -> text.equals(phrase);
            case "invalid url" -> text.equals(phrase) || text.endsWith(": " + phrase);
            default -> text.contains(phrase);
        };
    }
}
