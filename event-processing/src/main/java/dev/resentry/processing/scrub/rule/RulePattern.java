package dev.resentry.processing.scrub.rule;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/** A regular expression that takes time in proportion to the text, whatever both are. */
final class RulePattern {
    private static final int MAX_LENGTH = 500;
    /** Counted repetitions are written out, and those in others too. */
    private static final int MAX_REPETITION = 1_000;

    private static final int MAX_PROGRAM = 3_000;

    private final Pattern pattern;

    /** @throws InvalidRuleException if it is none, or too large a one */
    RulePattern(String expression) {
        if (expression.isEmpty() || expression.length() > MAX_LENGTH) {
            throw new InvalidRuleException(
                    "pattern", "%d characters long (expected: 1 to %d)".formatted(expression.length(), MAX_LENGTH));
        }
        if (repetition(expression) > MAX_REPETITION) {
            throw new InvalidRuleException(
                    "pattern", "repeats more than %d times, taking all counts together".formatted(MAX_REPETITION));
        }
        try {
            pattern = Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new InvalidRuleException("pattern", String.valueOf(e.getMessage()));
        }
        if (pattern.programSize() > MAX_PROGRAM) {
            throw new InvalidRuleException(
                    "pattern", "takes %d steps (expected: at most %d)".formatted(pattern.programSize(), MAX_PROGRAM));
        }
    }

    Matcher matcher(String text) {
        return pattern.matcher(text);
    }

    /** How many looks at each character it may take. */
    int cost() {
        return pattern.programSize();
    }

    /** The product of all counts, which is what they come to if each is in the next. */
    private static long repetition(String expression) {
        long product = 1;
        long number = 0;
        long least = 0;
        boolean counting = false;
        for (int i = 0; i < expression.length() && product <= MAX_REPETITION; i++) {
            char c = expression.charAt(i);
            if (c == '{') {
                counting = true;
                least = 0;
                number = 0;
            } else if (counting && c >= '0' && c <= '9') {
                number = Math.min(number * 10 + (c - '0'), MAX_REPETITION + 1);
            } else if (counting && c == ',') {
                least = number;
                number = 0;
            } else if (counting) {
                counting = false;
                product *= Math.max(1, Math.max(least, number));
            }
        }
        return product;
    }
}
