package dev.resentry.gateway.spool;

import dev.resentry.gateway.spool.SpoolDirectory.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The segments that hold what waits, oldest first, the file at their end that grows, and up to where they are drained. Guarded by
 * the spool's lock.
 */
final class SegmentQueue {
    private final ArrayDeque<Segment> segments = new ArrayDeque<>();
    private final long segmentBytes;
    private Position drained;
    private @Nullable SegmentWriter active;
    /** While a batch is written, what is active does not change, and is not taken away. */
    private boolean writing;

    /**
     * @param recovered what an earlier process has left
     * @param segmentBytes a file that has so many is written to no more
     */
    SegmentQueue(List<Segment> recovered, Position drained, long segmentBytes) {
        this.segments.addAll(recovered);
        this.drained = drained;
        this.segmentBytes = segmentBytes;
    }

    /** How many records wait. */
    long count() {
        long count = 0;
        for (Segment segment : segments) {
            count += segment.waiting.count();
        }
        return count;
    }

    /** When the first of the waiting records came; {@code otherwise} if none waits. */
    long oldestMillis(long otherwise) {
        for (Segment segment : segments) {
            if (segment.waiting.count() > 0) {
                return segment.waiting.oldestMillis(otherwise);
            }
        }
        return otherwise;
    }

    /** How many segments cannot be read. */
    long unread() {
        return segments.stream().filter(segment -> segment.unread).count();
    }

    /** What the segments take on the disk. */
    long bytes() {
        long bytes = 0;
        for (Segment segment : segments) {
            bytes += segment.size;
        }
        return bytes;
    }

    // --- at the end, for the writer

    /** Begins a batch; a file that is full is left. */
    void beginBatch() {
        writing = true;
        if (active != null && active.segment().end >= segmentBytes) {
            closeActive(null);
        }
    }

    /** Has readers see a batch that was written, and survives a power cut. */
    void kept(int records, long bytes, long now) {
        if (active != null && active.acknowledge(records, bytes, now)) {
            segments.addLast(active.segment());
        }
    }

    void endBatch() {
        writing = false;
    }

    /** The file to write to; null if there is none. */
    @Nullable
    SegmentWriter active() {
        return active;
    }

    void activate(SegmentWriter created) {
        active = created;
    }

    /** The file is written to no more, as a write has failed; for the caller to abandon. */
    @Nullable
    SegmentWriter giveUpActive() {
        SegmentWriter failed = active;
        active = null;
        return failed;
    }

    /** Closes the file that is written to; if a segment is given, only if it is that one's. */
    void closeActive(@Nullable Segment only) {
        if (active == null || (only != null && active.segment() != only)) {
            return;
        }
        active.close();
        active = null;
    }

    // --- at the beginning, for the drain

    /** The first segment of a number or a higher one; null if there is none. */
    @Nullable
    Segment from(long number) {
        for (Segment segment : segments) {
            if (segment.number >= number) {
                return segment;
            }
        }
        return null;
    }

    boolean isLast(Segment segment) {
        return segment == segments.peekLast();
    }

    /** Up to where everything is drained. */
    Position drained() {
        return drained;
    }

    /**
     * A record need not be drained any more.
     *
     * @return the segments that hold nothing more, to be removed
     */
    List<Segment> takeOff(SpooledRecord record) {
        Segment segment = from(record.segment());
        if (segment != null && segment.number == record.segment()) {
            segment.waiting.removeFirst();
        }
        return drainedTo(new Position(record.segment(), record.next()), false);
    }

    /**
     * Everything before a position is drained.
     *
     * @param evenActive whether the file that is written to may be taken off, too
     * @return the segments that hold nothing more, to be removed
     */
    List<Segment> drainedTo(Position position, boolean evenActive) {
        drained = position;
        List<Segment> retired = new ArrayList<>();
        while (true) {
            Segment first = segments.peekFirst();
            if (first == null
                    || first.unread
                    || first.number > drained.segment()
                    || (first.number == drained.segment() && drained.offset() < first.end)) {
                return retired;
            }
            if (active != null && active.segment() == first) {
                if (writing || !evenActive) {
                    return retired;
                }
                closeActive(first);
            }
            segments.removeFirst();
            retired.add(first);
        }
    }

    /** Has a segment written to no more; false if it is just now. */
    boolean letGo(Segment segment) {
        if (writing && active != null && active.segment() == segment) {
            return false;
        }
        closeActive(segment);
        return true;
    }

    /** Takes a segment off that is not drained; the caller has seen to what is in it. */
    void remove(Segment segment) {
        segments.remove(segment);
    }
}
