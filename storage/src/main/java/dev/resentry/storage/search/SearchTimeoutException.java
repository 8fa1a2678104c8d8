package dev.resentry.storage.search;

import java.time.Duration;

/** A read took longer than it may. */
public final class SearchTimeoutException extends RuntimeException {
    private final Duration limit;

    public SearchTimeoutException(Duration limit, Throwable cause) {
        super("the database took longer than %d ms".formatted(limit.toMillis()), cause);
        this.limit = limit;
    }

    public Duration limit() {
        return limit;
    }
}
