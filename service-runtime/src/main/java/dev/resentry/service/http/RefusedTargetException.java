package dev.resentry.service.http;

import java.io.IOException;

/** A request that is not made, however often it is tried: its URL leads where none may go, or nowhere. */
public final class RefusedTargetException extends IOException {
    private static final long serialVersionUID = 1;

    RefusedTargetException(String message) {
        super(message);
    }
}
