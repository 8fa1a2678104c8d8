package dev.resentry.processor.consume;

import java.util.BitSet;

/**
 * Offsets of one partition whose records are processed before their turn. Takes a bit for each record between the first and the last of
 * them, and forgets what lies too far behind the first: to process a record twice changes nothing.
 */
final class ProcessedOffsets {
    /** Four megabytes of bits. */
    static final int MAX_SPAN = 1 << 25;

    /** How many bits may be cleared at the front before they are cut off. */
    private static final int SLACK = 1 << 16;

    private BitSet bits = new BitSet();
    private long first;

    void add(long offset) {
        if (bits.isEmpty()) {
            first = offset;
        }
        long bit = offset - first;
        if (bit >= 0 && bit < MAX_SPAN) {
            bits.set((int) bit);
        }
    }

    boolean contains(long offset) {
        long bit = offset - first;
        return bit >= 0 && bit < MAX_SPAN && bits.get((int) bit);
    }

    /** Removes what lies before an offset. */
    void removeBefore(long offset) {
        int end = Math.clamp(offset - first, 0, MAX_SPAN);
        bits.clear(0, end);
        if (end >= SLACK) {
            bits = bits.get(end, Math.max(end, bits.length()));
            first += end;
        }
    }
}
