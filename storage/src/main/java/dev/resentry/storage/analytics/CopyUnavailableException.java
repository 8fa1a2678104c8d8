package dev.resentry.storage.analytics;

/** A copy does not answer; the message says why. */
public final class CopyUnavailableException extends RuntimeException {
    public CopyUnavailableException(Throwable cause) {
        super(cause.getMessage(), cause);
    }
}
