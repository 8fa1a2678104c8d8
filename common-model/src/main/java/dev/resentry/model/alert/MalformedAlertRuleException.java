package dev.resentry.model.alert;

/** A rule, as somebody wrote it, is none. */
public final class MalformedAlertRuleException extends IllegalArgumentException {
    private final String field;

    MalformedAlertRuleException(String field, String problem) {
        super(problem);
        this.field = field;
    }

    /** The field that is wrong, such as {@code conditions[0].threshold}; the message says why. */
    public String field() {
        return field;
    }
}
