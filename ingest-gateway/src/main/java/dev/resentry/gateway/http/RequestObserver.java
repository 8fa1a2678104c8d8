package dev.resentry.gateway.http;

import dev.resentry.gateway.endpoint.IngestRequest;
import dev.resentry.gateway.endpoint.IngestResponse;

/** Sees every request that was answered, and what else happens to connections. Called by event loops: must not wait. */
public interface RequestObserver {

    /**
     * A request was answered.
     *
     * @param bodyBytes of its body that were read
     * @param nanos from its headers to its answer
     */
    void answered(String route, IngestRequest request, IngestResponse response, long bodyBytes, long nanos);

    /** A sender left, or was cut off, before its request was complete. */
    void abandoned(String route);

    /** A connection was opened. */
    void connected();

    /** A connection was closed. */
    void disconnected();

    /** Our own code failed on a request. */
    void failed(String route, Throwable failure);
}
