package dev.resentry.gateway.spool;

/** What the spool knows of one of its files. Guarded by the spool's lock. */
final class Segment {
    final long number;
    /** Where the last record ends that a reader may rely on. */
    long end;
    /** How many bytes it takes on the disk. */
    long size;
    /** Its records that wait. */
    SpooledRecordAges waiting = new SpooledRecordAges();
    /** It could not be read yet: nobody knows what waits in it, and nobody may pass it. */
    boolean unread;

    Segment(long number, long end) {
        this.number = number;
        this.end = end;
        this.size = end;
    }

    /** One that could not be read. */
    static Segment unread(long number, long size) {
        var segment = new Segment(number, 0);
        segment.size = size;
        segment.unread = true;
        return segment;
    }

    /** Becomes what was found now that it can be read. */
    void becomes(Segment found) {
        end = found.end;
        size = found.size;
        waiting = found.waiting;
        unread = false;
    }
}
