package dev.resentry.model.search;

/** What is asked of a value. */
public enum SearchOperator {
    /** The value, or one of a list; a pattern if it has wildcards. */
    EQUALS(""),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    CONTAINS("\uF00DContains\uF00D"),
    STARTS_WITH("\uF00DStartsWith\uF00D"),
    ENDS_WITH("\uF00DEndsWith\uF00D");

    private final String symbol;

    SearchOperator(String symbol) {
        this.symbol = symbol;
    }

    /** As it is written before a value; nothing for equality. */
    public String symbol() {
        return symbol;
    }

    /** Whether it orders values. */
    public boolean isComparison() {
        return switch (this) {
            case GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL -> true;
            case EQUALS, CONTAINS, STARTS_WITH, ENDS_WITH -> false;
        };
    }
}
