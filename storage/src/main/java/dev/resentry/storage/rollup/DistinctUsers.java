package dev.resentry.storage.rollup;

import com.dynatrace.hash4j.distinctcount.UltraLogLog;
import java.nio.ByteBuffer;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A set of user hashes that can be counted: exact up to 256, then a sketch of 4 KiB with a standard error of about 1.2 %. What it is
 * depends on the hashes alone, not on the order or the number of times they were added, so the same users always give the
 * same bytes. Not safe to share between threads.
 */
public final class DistinctUsers {
    static final int EXACT = 256;

    private static final int SKETCH_PRECISION = 12;
    private static final byte HASHES = 1;
    private static final byte SKETCH = 2;

    private final TreeSet<Long> hashes = new TreeSet<>();
    // Once there is one, all hashes are in it.
    private @Nullable UltraLogLog sketch;

    /**
     * Reads what {@link #toBytes} wrote.
     *
     * @param bytes null is the empty set
     * @throws IllegalArgumentException if nothing wrote it
     */
    public static DistinctUsers ofBytes(byte @Nullable [] bytes) {
        var users = new DistinctUsers();
        if (bytes == null) {
            return users;
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        byte format = buffer.get();
        switch (format) {
            case HASHES -> {
                while (buffer.hasRemaining()) {
                    users.hashes.add(buffer.getLong());
                }
            }
            case SKETCH -> {
                byte[] state = new byte[buffer.remaining()];
                buffer.get(state);
                users.sketch = UltraLogLog.wrap(state);
            }
            default ->
                throw new IllegalArgumentException(
                        "format of a set of users: %d (expected: %d or %d)".formatted(format, HASHES, SKETCH));
        }
        return users;
    }

    public void add(long hash) {
        if (sketch != null) {
            sketch.add(hash);
            return;
        }
        hashes.add(hash);
        if (hashes.size() > EXACT) {
            UltraLogLog made = UltraLogLog.create(SKETCH_PRECISION);
            hashes.forEach(made::add);
            hashes.clear();
            sketch = made;
        }
    }

    /** Adds all users of another set. */
    public void add(DistinctUsers other) {
        if (other.sketch == null) {
            other.hashes.forEach(this::add);
            return;
        }
        UltraLogLog merged = other.sketch.copy();
        if (sketch == null) {
            hashes.forEach(merged::add);
            hashes.clear();
        } else {
            merged.add(sketch);
        }
        sketch = merged;
    }

    public boolean isEmpty() {
        return sketch == null && hashes.isEmpty();
    }

    /** How many users there are; exact up to {@link #EXACT}. */
    public long count() {
        return sketch == null ? hashes.size() : Math.round(sketch.getDistinctCountEstimate());
    }

    /** A byte for the format, then the hashes in order or the state of the sketch. */
    public byte[] toBytes() {
        if (sketch != null) {
            byte[] state = sketch.getState();
            return ByteBuffer.allocate(1 + state.length).put(SKETCH).put(state).array();
        }
        ByteBuffer buffer = ByteBuffer.allocate(1 + hashes.size() * Long.BYTES).put(HASHES);
        hashes.forEach(buffer::putLong);
        return buffer.array();
    }
}
