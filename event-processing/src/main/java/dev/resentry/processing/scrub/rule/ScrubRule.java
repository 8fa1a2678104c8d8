package dev.resentry.processing.scrub.rule;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A rule of a project's own: what is done to what, and where. It holds in fields too that are called safe.
 *
 * @param pattern a regular expression in RE2's syntax; only where the target is a pattern
 * @param source a selector, such as {@code $error.value || extra.**}
 * @param replacement of the method replace; a marker of the target if null
 */
public record ScrubRule(
        Method method,
        Target target,
        @Nullable String pattern,
        String source,
        @Nullable String replacement) {

    /** What is done. */
    public enum Method {
        /** Each character becomes an asterisk; the last four digits of a card stay. */
        MASK,
        /** 64 bits of a SHA-256 stay, so that equal values can be told to be equal. */
        HASH,
        REPLACE,
        REMOVE;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Method> of(String wireName) {
            for (Method method : values()) {
                if (method.wireName().equals(wireName)) {
                    return Optional.of(method);
                }
            }
            return Optional.empty();
        }
    }
}
