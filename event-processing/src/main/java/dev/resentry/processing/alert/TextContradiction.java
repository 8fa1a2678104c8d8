package dev.resentry.processing.alert;

import dev.resentry.model.alert.AlertFilter.Operator;
import dev.resentry.model.alert.AlertFilter.TextTest;
import java.util.List;
import java.util.stream.Stream;

/** Whether there is a text that passes several tests. Says yes where it does not know. */
final class TextContradiction {
    private TextContradiction() {}

    /** Of something that has one value or none. */
    static boolean canBeOne(List<TextTest> tests) {
        if (passes(tests, List.of())) {
            return true;
        }
        if (tests.stream().anyMatch(test -> test.operator() == Operator.NOT_SET)) {
            return false;
        }
        List<TextTest> finite = tests.stream()
                .filter(test -> test.operator() == Operator.EQUALS || test.operator() == Operator.IN)
                .toList();
        if (!finite.isEmpty()) {
            return finite.getFirst().values().stream().anyMatch(value -> passes(tests, List.of(value)));
        }
        return tests.stream().noneMatch(one -> tests.stream().anyMatch(other -> excludes(one, other)));
    }

    /** Of something that may have several values, of which one has to pass; so each positive test is held against the negative ones. */
    static boolean canBeSeveral(List<TextTest> tests) {
        Stream<TextTest> positive = tests.stream().filter(test -> !isNegative(test));
        List<TextTest> negative =
                tests.stream().filter(TextContradiction::isNegative).toList();
        return positive.allMatch(test ->
                canBeOne(Stream.concat(Stream.of(test), negative.stream()).toList()));
    }

    private static boolean passes(List<TextTest> tests, List<String> values) {
        return tests.stream().allMatch(test -> TextMatch.of(test, values));
    }

    private static boolean isNegative(TextTest test) {
        return switch (test.operator()) {
            case NOT_EQUALS, NOT_STARTS_WITH, NOT_ENDS_WITH, NOT_CONTAINS, NOT_SET, NOT_IN -> true;
            case EQUALS, STARTS_WITH, ENDS_WITH, CONTAINS, SET, IN -> false;
        };
    }

    /** Whether what passes the one cannot pass the other, for tests of a part of the text. */
    private static boolean excludes(TextTest one, TextTest other) {
        if (one.values().isEmpty() || other.values().isEmpty()) {
            return false;
        }
        String text = TextMatch.fold(one.values().getFirst());
        String tested = TextMatch.fold(other.values().getFirst());
        Operator asked = other.operator();
        return switch (one.operator()) {
            case STARTS_WITH ->
                (asked == Operator.STARTS_WITH && !text.startsWith(tested) && !tested.startsWith(text))
                        || (asked == Operator.NOT_STARTS_WITH && text.startsWith(tested))
                        || (asked == Operator.NOT_CONTAINS && text.contains(tested));
            case ENDS_WITH ->
                (asked == Operator.ENDS_WITH && !text.endsWith(tested) && !tested.endsWith(text))
                        || (asked == Operator.NOT_ENDS_WITH && text.endsWith(tested))
                        || (asked == Operator.NOT_CONTAINS && text.contains(tested));
            case CONTAINS -> asked == Operator.NOT_CONTAINS && text.contains(tested);
            case EQUALS, NOT_EQUALS, NOT_STARTS_WITH, NOT_ENDS_WITH, NOT_CONTAINS, SET, NOT_SET, IN, NOT_IN -> false;
        };
    }
}
