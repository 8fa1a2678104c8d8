package dev.resentry.query.signon;

import org.jspecify.annotations.Nullable;

/** Ends a sign-on that lets nobody in; the message is for the log. */
final class SignOnException extends RuntimeException {
    private final SignOnFault fault;

    SignOnException(SignOnFault fault, String message) {
        this(fault, message, null);
    }

    SignOnException(SignOnFault fault, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.fault = fault;
    }

    SignOnFault fault() {
        return fault;
    }
}
