package dev.resentry.storage.rollup;

import com.dynatrace.hash4j.distinctcount.UltraLogLog;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A set of user hashes that can be counted: exact up to 256, then a sketch of 4 KiB with a standard error of about 1.2 %. What it is
 * depends on the hashes alone, not on the order or the number of times they were added, so the same users always give the
 * same bytes. Not safe to share between threads.
 */
public final class DistinctUsers {
    static final int EXACT = 256;

    private static final int SKETCH_PRECISION = 12;
    private static final int FIRST_ROOM = 8;
    private static final byte HASHES = 1;
    private static final byte SKETCH = 2;

    // In order, in front of what is not used yet. Sets are read and written with every batch, so these are
    // nothing but numbers.
    private long[] hashes = new long[FIRST_ROOM];
    private int size;
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
                users.size = buffer.remaining() / Long.BYTES;
                users.hashes = new long[users.size + FIRST_ROOM];
                buffer.asLongBuffer().get(users.hashes, 0, users.size);
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
        int found = Arrays.binarySearch(hashes, 0, size, hash);
        if (found >= 0) {
            return;
        }
        int place = -found - 1;
        long[] grown = size < hashes.length ? hashes : Arrays.copyOf(hashes, 2 * size);
        System.arraycopy(grown, place, grown, place + 1, size - place);
        grown[place] = hash;
        hashes = grown;
        size++;
        sketchIfMany();
    }

    private void sketchIfMany() {
        if (size > EXACT) {
            UltraLogLog made = UltraLogLog.create(SKETCH_PRECISION);
            addHashesTo(made);
            size = 0;
            sketch = made;
        }
    }

    private void addHashesTo(UltraLogLog all) {
        for (int i = 0; i < size; i++) {
            all.add(hashes[i]);
        }
    }

    /** Adds all users of another set. */
    public void add(DistinctUsers other) {
        if (other.sketch == null) {
            if (sketch == null) {
                merge(other);
            } else {
                other.addHashesTo(sketch);
            }
            return;
        }
        UltraLogLog merged = other.sketch.copy();
        if (sketch == null) {
            addHashesTo(merged);
            size = 0;
        } else {
            merged.add(sketch);
        }
        sketch = merged;
    }

    /** In one walk through both. */
    private void merge(DistinctUsers other) {
        long[] merged = new long[size + other.size + FIRST_ROOM];
        int n = 0;
        int mine = 0;
        int theirs = 0;
        while (mine < size && theirs < other.size) {
            long next = Math.min(hashes[mine], other.hashes[theirs]);
            mine += hashes[mine] == next ? 1 : 0;
            theirs += other.hashes[theirs] == next ? 1 : 0;
            merged[n++] = next;
        }
        System.arraycopy(hashes, mine, merged, n, size - mine);
        n += size - mine;
        System.arraycopy(other.hashes, theirs, merged, n, other.size - theirs);
        n += other.size - theirs;
        hashes = merged;
        size = n;
        sketchIfMany();
    }

    public boolean isEmpty() {
        return sketch == null && size == 0;
    }

    /** How many users there are; exact up to {@link #EXACT}. */
    public long count() {
        return sketch == null ? size : Math.round(sketch.getDistinctCountEstimate());
    }

    /** A byte for the format, then the hashes in order or the state of the sketch. */
    public byte[] toBytes() {
        if (sketch != null) {
            byte[] state = sketch.getState();
            return ByteBuffer.allocate(1 + state.length).put(SKETCH).put(state).array();
        }
        ByteBuffer buffer = ByteBuffer.allocate(1 + size * Long.BYTES).put(HASHES);
        buffer.asLongBuffer().put(hashes, 0, size);
        return buffer.array();
    }
}
