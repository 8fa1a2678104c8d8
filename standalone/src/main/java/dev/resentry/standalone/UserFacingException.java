package dev.resentry.standalone;

/** Ends a command; the message is one line for the person who typed it. */
final class UserFacingException extends RuntimeException {
    UserFacingException(String message) {
        super(message);
    }
}
