package dev.resentry.storage.explore;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What can be made of many rows. In the SQL, {@code {x}} stands for the argument. */
public enum ExploreFunction {
    COUNT("count", Argument.OPTIONAL, "count({x})", ExploreType.INTEGER),
    COUNT_UNIQUE("count_unique", Argument.ANY, "count(DISTINCT {x})", ExploreType.INTEGER),
    P50("p50", Argument.NUMBER, "percentile_cont(0.5) WITHIN GROUP (ORDER BY {x})", null),
    P75("p75", Argument.NUMBER, "percentile_cont(0.75) WITHIN GROUP (ORDER BY {x})", null),
    P90("p90", Argument.NUMBER, "percentile_cont(0.9) WITHIN GROUP (ORDER BY {x})", null),
    P95("p95", Argument.NUMBER, "percentile_cont(0.95) WITHIN GROUP (ORDER BY {x})", null),
    P99("p99", Argument.NUMBER, "percentile_cont(0.99) WITHIN GROUP (ORDER BY {x})", null),
    AVG("avg", Argument.NUMBER, "avg({x})", null),
    SUM("sum", Argument.NUMBER, "sum({x})", null),
    MIN("min", Argument.ORDERED, "min({x})", null),
    MAX("max", Argument.ORDERED, "max({x})", null),
    FAILURE_RATE("failure_rate", Argument.NONE, "avg(CASE WHEN {failed} THEN 1 ELSE 0 END)", ExploreType.PERCENTAGE),
    /** Rows a minute, over the time that is asked about. */
    EPM("epm", Argument.NONE, "(count(*) / :minutes::float8)", ExploreType.NUMBER),
    EPS("eps", Argument.NONE, "(count(*) / (60 * :minutes::float8))", ExploreType.NUMBER),
    FIRST_SEEN("first_seen", Argument.NONE, "min({time})", ExploreType.DATE),
    LAST_SEEN("last_seen", Argument.NONE, "max({time})", ExploreType.DATE);

    /** What stands between the parentheses. */
    enum Argument {
        NONE("nothing"),
        OPTIONAL("nothing or a column"),
        ANY("a column"),
        NUMBER("a column of numbers"),
        ORDERED("a column of numbers or times");

        private final String words;

        Argument(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    private final String word;
    private final Argument argument;
    private final String sql;
    private final Optional<ExploreType> type;

    /** @param type null for that of the argument */
    ExploreFunction(String word, Argument argument, String sql, @Nullable ExploreType type) {
        this.word = word;
        this.argument = argument;
        this.sql = sql;
        this.type = Optional.ofNullable(type);
    }

    static Optional<ExploreFunction> of(String word) {
        return Arrays.stream(values()).filter(known -> known.word.equals(word)).findFirst();
    }

    /** All of them, as people are told. */
    static String words() {
        return Arrays.stream(values()).map(ExploreFunction::word).collect(Collectors.joining(", "));
    }

    public String word() {
        return word;
    }

    Argument argument() {
        return argument;
    }

    String sql() {
        return sql;
    }

    /** Whether an interval without rows has a value: none happened. */
    public boolean isZeroOfNothing() {
        return List.of(COUNT, COUNT_UNIQUE, EPM, EPS, SUM).contains(this);
    }

    ExploreType type(ExploreType ofArgument) {
        return type.orElse(
                ofArgument == ExploreType.INTEGER && this != MIN && this != MAX ? ExploreType.NUMBER : ofArgument);
    }
}
