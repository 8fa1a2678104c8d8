package dev.resentry.gateway.spool;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/** An envelope on its way to the disk. */
record Append(CompletableFuture<Appended> outcome, ByteBuffer head, ByteBuffer body) {

    static Append of(SpooledEnvelope envelope) {
        return new Append(new CompletableFuture<>(), envelope.head(), ByteBuffer.wrap(envelope.body()));
    }

    int payloadBytes() {
        return head.limit() + body.limit();
    }

    /** What it takes on the disk. */
    long bytes() {
        return SegmentFormat.HEADER_BYTES + (long) payloadBytes();
    }
}
