package dev.resentry.query.envelope;

import dev.resentry.model.encoding.BoundedDecoder;
import dev.resentry.model.encoding.ContentEncoding;
import dev.resentry.model.encoding.Decoded;
import dev.resentry.storage.envelope.StoredEnvelope;
import dev.resentry.storage.envelope.StoredItem;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Cuts the payloads of items out of the bodies of their envelopes. A body has to be decoded whole for it, so only a few are
 * under way at once, whatever is asked for. Safe to share between threads.
 */
public final class ItemPayloads {
    private static final int AT_ONCE = 2;
    private static final String STORE_ENDPOINT = "store";

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
                    .flatMap(content ->
                            envelope.endpoint().equals(STORE_ENDPOINT) ? eventJson(content) : Optional.of(content))
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

    /** What offsets count in: old SDKs send the event in base64, which may hold zlib (ingest protocol, section 4). */
    private Optional<byte[]> eventJson(byte[] content) {
        for (byte b : content) {
            if (b == '{') {
                return Optional.of(content);
            }
            if (b < 0 || b > ' ') {
                break;
            }
        }
        try {
            byte[] inner = Base64.getMimeDecoder().decode(content);
            return inner.length > 0 && inner[0] != '{' ? decoded(ContentEncoding.DEFLATE, inner) : Optional.of(inner);
        } catch (IllegalArgumentException _) {
            return Optional.of(content);
        }
    }
}
