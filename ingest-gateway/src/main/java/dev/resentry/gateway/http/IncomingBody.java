package dev.resentry.gateway.http;

import dev.resentry.gateway.admission.BytesInFlight;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * The bytes of a body that have been received, and the memory reserved for it. Memory is reserved as the body arrives, so that a
 * large {@code Content-Length} alone takes none. Belongs to one event loop.
 */
final class IncomingBody implements AutoCloseable {
    private static final int FIRST_CAPACITY = 16 * 1024;
    /** From this size on, memory for the whole announced body is reserved. */
    private static final int EARNEST = 1024 * 1024;

    private static final byte[] NOTHING = {};

    private final BytesInFlight.Lease lease;
    private final long maxBytes;
    /** The {@code Content-Length}; negative if there is none. */
    private final long declaredBytes;

    private boolean asksBeforeSending;
    private byte[] buffer = NOTHING;
    private int size;

    IncomingBody(BytesInFlight.Lease lease, long maxBytes, long declaredBytes, boolean asksBeforeSending) {
        this.lease = lease;
        this.maxBytes = maxBytes;
        this.declaredBytes = declaredBytes;
        this.asksBeforeSending = asksBeforeSending;
    }

    /** The capacity to begin with. */
    int firstCapacity() {
        return (int) Math.min(declaredBytes < 0 ? maxBytes : declaredBytes, FIRST_CAPACITY);
    }

    /**
     * The capacity to grow to for {@code more} bytes: a multiple of the present one, or the whole announced body once enough of
     * it has arrived, so that nearly complete bodies do not wait for each other.
     */
    int nextCapacity(int more) {
        long needed = size + (long) more;
        if (declaredBytes < needed) {
            return (int) Math.min(maxBytes, Math.max(buffer.length * 2L, needed));
        }
        return (int) (needed > EARNEST ? declaredBytes : Math.min(declaredBytes, Math.max(buffer.length * 8L, needed)));
    }

    boolean isTooLargeWith(int more) {
        return size + (long) more > maxBytes;
    }

    boolean hasRoomFor(int more) {
        return size + more <= buffer.length;
    }

    /** Bytes of memory it takes. */
    int held() {
        return buffer.length;
    }

    /** Grows to a capacity if that much memory is free. */
    boolean growTo(int capacity) {
        boolean grown = lease.growTo(capacity);
        if (grown) {
            memoryReserved(capacity);
        }
        return grown;
    }

    /** @param grown called once, on any thread, when there is room; {@link #memoryReserved} is next */
    void awaitRoom(int capacity, Runnable grown) {
        lease.awaitRoom(capacity, grown);
    }

    void memoryReserved(int capacity) {
        buffer = size == 0 ? new byte[capacity] : Arrays.copyOf(buffer, capacity);
    }

    /** Whether the sender awaits {@code 100 Continue}; true once at most. */
    boolean awaitsContinue() {
        boolean asks = asksBeforeSending;
        asksBeforeSending = false;
        return asks;
    }

    void append(ByteBuf bytes) {
        int count = bytes.readableBytes();
        bytes.readBytes(buffer, size, count);
        size += count;
    }

    /** A copy of what has been received. */
    byte[] beginning() {
        return Arrays.copyOf(buffer, size);
    }

    /** Hands the bytes over. The room is held on to until {@link #close}. */
    byte[] handOver() {
        byte[] whole = size == buffer.length ? buffer : Arrays.copyOf(buffer, size);
        buffer = NOTHING;
        return whole;
    }

    /** Gives the room back. */
    @Override
    public void close() {
        buffer = NOTHING;
        lease.close();
    }
}
