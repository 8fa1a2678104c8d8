package dev.resentry.processing.scrub.rule;

/** A rule that cannot be used; the message is for whoever wrote it. */
public final class InvalidRuleException extends IllegalArgumentException {
    private final String field;
    private final String cause;

    /** @param field which part of the rule is meant */
    InvalidRuleException(String field, String cause) {
        super(field + ": " + cause);
        this.field = field;
        this.cause = cause;
    }

    public String field() {
        return field;
    }

    /** What is wrong with it, without the field. */
    public String explanation() {
        return cause;
    }

    /** The same of a rule in a list. */
    public InvalidRuleException of(int rule) {
        return new InvalidRuleException("rules[%d].%s".formatted(rule, field), cause);
    }
}
