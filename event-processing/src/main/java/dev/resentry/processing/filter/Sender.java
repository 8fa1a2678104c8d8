package dev.resentry.processing.filter;

import org.jspecify.annotations.Nullable;

/**
 * What the request says that brought an event.
 *
 * @param address that the request came from
 * @param userAgent of the request, which is the user's own only if a browser sent it
 */
public record Sender(@Nullable String address, @Nullable String userAgent) {
    /** Of an event of whose request nothing is known. */
    public static final Sender UNKNOWN = new Sender(null, null);
}
