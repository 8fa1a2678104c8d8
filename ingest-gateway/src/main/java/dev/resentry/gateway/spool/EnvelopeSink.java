package dev.resentry.gateway.spool;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Where drained envelopes go. */
public interface EnvelopeSink {

    /** Sends a record; never blocks. The future completes within a bound and never exceptionally. */
    CompletableFuture<Sent> send(Map<String, byte[]> headers, byte[] body);

    /** What became of sending. */
    sealed interface Sent {

        /** It is kept on the other side. */
        record Acknowledged() implements Sent {}

        /** This record can never be sent, however often it is tried; others can. */
        record Unsendable(String cause) implements Sent {}

        /** It is not known to be kept; it can be tried again. */
        record Unavailable(String cause) implements Sent {}
    }
}
