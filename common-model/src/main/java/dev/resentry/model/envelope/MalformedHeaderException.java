package dev.resentry.model.envelope;

/** Carries a fault from a header line to the reader's one exit. Never leaves this package. */
final class MalformedHeaderException extends Exception {
    private final int offset;

    MalformedHeaderException(int offset, String cause) {
        super(cause, null, false, false);
        this.offset = offset;
    }

    EnvelopeParse.Malformed asParse() {
        return new EnvelopeParse.Malformed(offset, String.valueOf(getMessage()));
    }
}
