package dev.resentry.embedded;

/** A data directory cannot be used; the message says why, in one line for the person who named it. */
public final class DataDirectoryException extends RuntimeException {
    public DataDirectoryException(String message) {
        super(message);
    }

    DataDirectoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
