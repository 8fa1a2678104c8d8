package dev.resentry.gateway.endpoint;

import org.jspecify.annotations.Nullable;

/** What a request says before its body, without the HTTP server's types. */
public interface IngestRequest {
    String method();

    /** The path as it was sent: not decoded, not folded, without the query. */
    String path();

    /** The raw query; null if there is none. */
    @Nullable
    String query();

    /** The first header of a name, compared without case. */
    @Nullable
    String header(String name);

    /** The address it comes from: whoever holds the other end of the connection or, if that is a trusted proxy, whom it names. */
    @Nullable
    String clientAddress();
}
