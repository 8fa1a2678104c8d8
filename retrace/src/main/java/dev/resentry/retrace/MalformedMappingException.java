package dev.resentry.retrace;

/** Says in words for people why a mapping, or what it has of a class, cannot be read. */
public final class MalformedMappingException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedMappingException(String reason) {
        super(reason);
    }

    /** The words. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
