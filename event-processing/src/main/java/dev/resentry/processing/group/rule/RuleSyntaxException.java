package dev.resentry.processing.group.rule;

/** A line that is no rule; it never leaves the reading of rules, which returns it as a value. */
public final class RuleSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int column;

    RuleSyntaxException(int column, String message) {
        super(message, null, false, false);
        this.column = column;
    }

    /** Where in the line, from 1. */
    public int column() {
        return column;
    }

    /** What was given and what was expected. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
