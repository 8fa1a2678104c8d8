package dev.resentry.gateway.http;

import dev.resentry.gateway.admission.BytesInFlight;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * A body on its way into memory: what of it has come, and the room it holds. It gets room for its beginning first, so that what
 * is only announced takes none from others. Belongs to one event loop.
 */
final class IncomingBody implements AutoCloseable {
    private static final int FIRST_CAPACITY = 16 * 1024;
    /** Of a body that has come so far, the rest is believed to follow. */
    private static final int EARNEST = 1024 * 1024;

    private static final byte[] NOTHING = {};

    private final BytesInFlight.Lease lease;
    private final long maxBytes;
    /** As the headers say; negative if they do not. */
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

    /** What room to begin with. */
    int firstCapacity() {
        return (int) Math.min(declaredBytes < 0 ? maxBytes : declaredBytes, FIRST_CAPACITY);
    }

    /**
     * What room so many bytes more need: ever more; for all of a body that is announced once enough of it has come, so that
     * those that are nearly whole do not wait for each other.
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

    /** Makes room for so many bytes in all, if there is some. */
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

    /** Whether its sender waits to be told to go on; it is told once. */
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

    /** A copy of what has come. */
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
