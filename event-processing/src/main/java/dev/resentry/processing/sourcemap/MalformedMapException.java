package dev.resentry.processing.sourcemap;

/** A document is no source map; says which field is at fault. Never leaves this package. */
final class MalformedMapException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedMapException(String message) {
        super(message, null, false, false);
    }

    String cause() {
        return String.valueOf(getMessage());
    }
}
