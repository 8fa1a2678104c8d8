package dev.resentry.processing.group;

import java.util.List;
import java.util.Locale;

/** Functions that do a small thing for many callers, by the words that their names begin with. */
final class ServingFunctions {
    private static final List<String> WORDS = List.of(
            "assert",
            "require",
            "check",
            "ensure",
            "validate",
            "verify",
            "fail",
            "raise",
            "throw",
            "invariant",
            "must",
            "expect",
            "panic",
            "error",
            "abort",
            "die",
            "guard",
            "query",
            "request",
            "fetch",
            "execute",
            "exec",
            "invoke",
            "send",
            "retry",
            "with",
            "wrap",
            "convert",
            "cast",
            "unwrap",
            "not_null",
            "notnull");

    private ServingFunctions() {}

    static boolean contains(String function) {
        String name = function.substring(Math.max(function.lastIndexOf('.'), function.lastIndexOf(':')) + 1);
        String lower = name.toLowerCase(Locale.ROOT);
        for (String word : WORDS) {
            if (lower.startsWith(word) && isWhole(name, word.length())) {
                return true;
            }
        }
        return false;
    }

    /** {@code require_user}, {@code requireUser} and {@code require}, not {@code requirements}. */
    private static boolean isWhole(String name, int end) {
        return name.length() <= end || !Character.isLowerCase(name.charAt(end));
    }
}
