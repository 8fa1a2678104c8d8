package dev.resentry.storage.issue;

/** A change of issues that cannot be: it names what is not there. Nothing was changed. */
public final class RefusedChange extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String field;

    RefusedChange(String field, String message) {
        super(message);
        this.field = field;
    }

    /** What of the change, as the API names it. */
    public String field() {
        return field;
    }
}
