package dev.resentry.processing.alert;

import dev.resentry.model.alert.AlertFilter.Operator;
import dev.resentry.model.alert.AlertFilter.TextTest;
import java.util.List;
import java.util.Locale;

/**
 * Applies a test to the values that something has, without regard to case: one of them has to be as the test says. A negated
 * operator is true where its opposite is not, and so also where there is no value.
 */
final class TextMatch {
    private TextMatch() {}

    static boolean of(TextTest test, List<String> values) {
        return switch (test.operator()) {
            case SET -> !values.isEmpty();
            case NOT_SET -> values.isEmpty();
            case EQUALS, IN, STARTS_WITH, ENDS_WITH, CONTAINS -> any(test.operator(), test.values(), values);
            case NOT_EQUALS -> !any(Operator.EQUALS, test.values(), values);
            case NOT_IN -> !any(Operator.IN, test.values(), values);
            case NOT_STARTS_WITH -> !any(Operator.STARTS_WITH, test.values(), values);
            case NOT_ENDS_WITH -> !any(Operator.ENDS_WITH, test.values(), values);
            case NOT_CONTAINS -> !any(Operator.CONTAINS, test.values(), values);
        };
    }

    private static boolean any(Operator operator, List<String> wanted, List<String> values) {
        List<String> folded = wanted.stream().map(TextMatch::fold).toList();
        return values.stream()
                .map(TextMatch::fold)
                .anyMatch(value -> folded.stream().anyMatch(text -> holds(operator, value, text)));
    }

    private static boolean holds(Operator operator, String value, String text) {
        return switch (operator) {
            case EQUALS, IN -> value.equals(text);
            case STARTS_WITH -> value.startsWith(text);
            case ENDS_WITH -> value.endsWith(text);
            case CONTAINS -> value.contains(text);
            case SET, NOT_SET, NOT_EQUALS, NOT_IN, NOT_STARTS_WITH, NOT_ENDS_WITH, NOT_CONTAINS ->
                throw new IllegalArgumentException("operator: %s".formatted(operator));
        };
    }

    static String fold(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
