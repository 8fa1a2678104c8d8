package dev.resentry.gateway.http;

import dev.resentry.gateway.endpoint.IngestRequest;
import org.jspecify.annotations.Nullable;

/** A request whose headers never came whole: nothing is known of it but where it comes from. */
record IncompleteRequest(@Nullable String clientAddress) implements IngestRequest {
    @Override
    public String method() {
        return "";
    }

    @Override
    public String path() {
        return "";
    }

    @Override
    public @Nullable String query() {
        return null;
    }

    @Override
    public @Nullable String header(String name) {
        return null;
    }
}
