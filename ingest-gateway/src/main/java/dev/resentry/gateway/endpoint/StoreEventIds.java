package dev.resentry.gateway.endpoint;

import dev.resentry.model.encoding.BoundedDecoder;
import dev.resentry.model.encoding.ContentEncoding;
import dev.resentry.model.envelope.EnvelopePreview;
import dev.resentry.model.envelope.StoreBody;
import dev.resentry.model.event.EventId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Finds the event id that the store endpoint answers with: the event's own, so that the sender can look the event up. It is in
 * the first bytes nearly always; otherwise, and in the base64 forms, the body is decoded up to the largest size of an event.
 */
final class StoreEventIds {
    /** Ingest protocol, section 3.1. */
    private static final int MAX_EVENT_BYTES = 1024 * 1024;

    private final BoundedDecoder decoder = new BoundedDecoder(MAX_EVENT_BYTES);
    private final Executor executor;

    StoreEventIds(Executor executor) {
        this.executor = executor;
    }

    CompletableFuture<Optional<EventId>> find(ContentEncoding encoding, byte[] body) {
        Optional<EventId> near = EnvelopePreview.peekEventId(encoding, body);
        boolean seenAll = encoding == ContentEncoding.IDENTITY
                && body.length <= EnvelopePreview.WINDOW
                && body.length > 0
                && body[0] == '{';
        return near.isPresent() || seenAll
                ? CompletableFuture.completedFuture(near)
                : CompletableFuture.supplyAsync(() -> StoreBody.eventId(encoding, body, decoder), executor);
    }
}
