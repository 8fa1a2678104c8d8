package dev.resentry.processing.meta;

import org.jspecify.annotations.Nullable;

/**
 * Why a value is not as it came.
 *
 * @param rule the rule that changed it, such as {@code @creditcard}
 * @param range which characters of the new text stand for what was there; null if the whole value is meant
 */
public record Remark(String rule, Kind kind, @Nullable Range range) {

    /** What was done, with the letter of the protocol's {@code _meta} (processing, section 7.1). */
    public enum Kind {
        SUBSTITUTED("s"),
        MASKED("m"),
        HASHED("p"),
        REMOVED("x");

        private final String letter;

        Kind(String letter) {
            this.letter = letter;
        }

        public String letter() {
            return letter;
        }
    }

    /** Characters from a start to before an end. */
    public record Range(int start, int end) {}

    public static Remark ofWhole(String rule, Kind kind) {
        return new Remark(rule, kind, null);
    }
}
