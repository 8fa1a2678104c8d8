package dev.resentry.query.envelope;

import dev.resentry.conversion.Conversion;
import dev.resentry.conversion.ConversionContext;
import dev.resentry.conversion.EnvelopeConversion;
import dev.resentry.model.encoding.BoundedDecoder;
import dev.resentry.model.encoding.ContentEncoding;
import dev.resentry.model.encoding.Decoded;
import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.EnvelopeLimits;
import dev.resentry.model.envelope.EnvelopeReader;
import dev.resentry.storage.envelope.StoredEnvelope;
import dev.resentry.storage.envelope.StoredItem;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Cuts the payloads of items out of the bodies of their envelopes. A body has to be decoded whole for it, so only a few are
 * under way at once, whatever is asked for. Safe to share between threads.
 */
final class ItemPayloads {
    private static final int AT_ONCE = 2;

    private final BoundedDecoder decoder;
    private final EnvelopeConversion conversion;
    private final Semaphore places = new Semaphore(AT_ONCE);

    ItemPayloads(BoundedDecoder decoder) {
        this.decoder = decoder;
        this.conversion = new EnvelopeConversion(new EnvelopeReader(EnvelopeLimits.DEFAULT), decoder);
    }

    /** The payload of an item; empty if the body cannot be decoded as far as that. */
    Optional<byte[]> cut(StoredEnvelope envelope, byte[] body, StoredItem item) {
        places.acquireUninterruptibly();
        try {
            return ContentEncoding.parse(envelope.contentEncoding())
                    .flatMap(encoding -> decoded(encoding, body))
                    .flatMap(content -> payload(envelope, content, item));
        } finally {
            places.release();
        }
    }

    private Optional<byte[]> decoded(ContentEncoding encoding, byte[] body) {
        return decoder.decode(encoding, body) instanceof Decoded.Content(byte[] content)
                ? Optional.of(content)
                : Optional.empty();
    }

    /** Of an envelope, payloads are parts of the body; of what came by another route, they are made again. */
    private Optional<byte[]> payload(StoredEnvelope envelope, byte[] content, StoredItem item) {
        Optional<Endpoint> endpoint = Endpoint.parse(envelope.endpoint());
        if (endpoint.isEmpty() || endpoint.get() == Endpoint.ENVELOPE) {
            return slice(content, item.payloadOffset(), item.payloadLength());
        }
        var arrival = new ConversionContext(
                endpoint.get(),
                envelope.receivedAt(),
                envelope.contentType(),
                envelope.userAgent(),
                envelope.query(),
                envelope.slug());
        return conversion.convert(arrival, content) instanceof Conversion.Converted(var converted)
                        && item.position() < converted.items().size()
                ? Optional.of(converted.items().get(item.position()).payload())
                        .flatMap(made -> slice(made.source(), made.offset(), made.length()))
                : Optional.empty();
    }

    private static Optional<byte[]> slice(byte[] bytes, int offset, int length) {
        return (long) offset + length <= bytes.length
                ? Optional.of(Arrays.copyOfRange(bytes, offset, offset + length))
                : Optional.empty();
    }
}
