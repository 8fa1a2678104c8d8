package dev.resentry.query.envelope;

import dev.resentry.model.encoding.BoundedDecoder;
import dev.resentry.model.encoding.ContentEncoding;
import dev.resentry.model.encoding.Decoded;
import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.StoreBody;
import dev.resentry.storage.envelope.StoredEnvelope;
import dev.resentry.storage.envelope.StoredItem;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Cuts the payloads of items out of the bodies of their envelopes. A body has to be decoded whole for it, so only a few are
 * under way at once, whatever is asked for. Safe to share between threads.
 */
public final class ItemPayloads {
    private static final int AT_ONCE = 2;
    private static final String STORE_ENDPOINT = Endpoint.STORE.word();

    private final BoundedDecoder decoder;
    private final Semaphore places = new Semaphore(AT_ONCE);

    public ItemPayloads(BoundedDecoder decoder) {
        this.decoder = decoder;
    }

    /** The payload of an item; empty if the body cannot be decoded as far as that. */
    Optional<byte[]> cut(StoredEnvelope envelope, byte[] body, StoredItem item) {
        places.acquireUninterruptibly();
        try {
            return ContentEncoding.parse(envelope.contentEncoding())
                    .flatMap(encoding -> decoded(encoding, body))
                    .map(content -> offsetsCountIn(envelope, content))
                    .filter(content -> (long) item.payloadOffset() + item.payloadLength() <= content.length)
                    .map(content -> Arrays.copyOfRange(
                            content, item.payloadOffset(), item.payloadOffset() + item.payloadLength()));
        } finally {
            places.release();
        }
    }

    private Optional<byte[]> decoded(ContentEncoding encoding, byte[] body) {
        return decoder.decode(encoding, body) instanceof Decoded.Content(byte[] content)
                ? Optional.of(content)
                : Optional.empty();
    }

    /** An event of the store endpoint may be encoded once more inside its body. */
    private byte[] offsetsCountIn(StoredEnvelope envelope, byte[] content) {
        return envelope.endpoint().equals(STORE_ENDPOINT)
                ? StoreBody.eventJson(content, decoder).source()
                : content;
    }
}
