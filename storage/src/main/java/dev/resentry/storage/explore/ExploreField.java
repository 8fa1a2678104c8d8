package dev.resentry.storage.explore;

import dev.resentry.storage.explore.ExploreFunction.Argument;
import org.jspecify.annotations.Nullable;

/** Something to be shown of rows: a column of each, or what is made of many. */
public sealed interface ExploreField {
    int MOST_CHARACTERS = 250;

    /** As it was sent, which is the key of its values too. */
    String text();

    /** A column or a tag of a row. */
    record Column(String text, ExploreColumn column) implements ExploreField {}

    /**
     * A figure of all rows of a group.
     *
     * @param argument null if the function has none
     */
    record Aggregate(
            String text, ExploreFunction function, @Nullable ExploreColumn argument) implements ExploreField {
        ExploreType type() {
            return function.type(argument == null ? ExploreType.INTEGER : argument.type());
        }
    }

    /** The type of its values. */
    default ExploreType valueType() {
        return switch (this) {
            case Column column -> column.column().type();
            case Aggregate aggregate -> aggregate.type();
        };
    }

    /**
     * Reads a field: {@code level}, {@code tags[cart]}, {@code tags[cart,number]}, {@code p95(transaction.duration)}.
     *
     * @param parameter what the API calls it
     * @throws ExploreFault if it is none
     */
    static ExploreField parse(String parameter, String text, ExploreDataset dataset) {
        if (text.isBlank() || text.length() > MOST_CHARACTERS) {
            throw new ExploreFault(
                    parameter, "%d characters (expected: 1 to %d)".formatted(text.length(), MOST_CHARACTERS));
        }
        int open = text.indexOf('(');
        int bracket = text.indexOf('[');
        if (open < 0 || (bracket >= 0 && bracket < open)) {
            return new Column(text, dataset.column(parameter, text, text, 0));
        }
        return aggregate(parameter, text, open, dataset);
    }

    private static Aggregate aggregate(String parameter, String text, int open, ExploreDataset dataset) {
        ExploreFunction function = ExploreFunction.of(text.substring(0, open))
                .orElseThrow(() -> new ExploreFault(
                        parameter,
                        "'%s': no function '%s' (expected: %s)"
                                .formatted(text, text.substring(0, open), ExploreFunction.words())));
        if (!text.endsWith(")")) {
            throw ExploreFault.at(parameter, text, text.length(), "')'");
        }
        String argument = text.substring(open + 1, text.length() - 1).strip();
        Argument wanted = function.argument();
        if (function == ExploreFunction.FAILURE_RATE && dataset.failed() == null) {
            throw new ExploreFault(
                    parameter,
                    "'%s': %s do not fail (expected: transactions or spans)".formatted(text, dataset.word()));
        }
        if (argument.isEmpty()) {
            if (wanted == Argument.NONE || wanted == Argument.OPTIONAL) {
                return new Aggregate(text, function, null);
            }
            throw ExploreFault.at(parameter, text, open + 1, wanted.words());
        }
        if (wanted == Argument.NONE) {
            throw ExploreFault.at(parameter, text, open + 1, "')'");
        }
        ExploreColumn column = function == ExploreFunction.COUNT_UNIQUE && argument.equals("user")
                ? dataset.user()
                : dataset.column(parameter, text, argument, open + 1);
        ExploreColumn fitting = fitting(column, wanted);
        if (fitting == null) {
            throw ExploreFault.at(parameter, text, open + 1, wanted.words());
        }
        return new Aggregate(text, function, fitting);
    }

    /** A tag is taken for a number where one is needed. */
    private static @Nullable ExploreColumn fitting(ExploreColumn column, Argument wanted) {
        return switch (wanted) {
            case NUMBER -> column.type().isNumber() ? column : column.asNumber();
            case ORDERED -> column.type().isNumber() || column.type() == ExploreType.DATE ? column : column.asNumber();
            case NONE, OPTIONAL, ANY -> column;
        };
    }
}
