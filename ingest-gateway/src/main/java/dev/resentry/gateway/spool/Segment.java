package dev.resentry.gateway.spool;

/** What the spool knows of one of its files. Guarded by the spool's lock. */
final class Segment {
    final long number;
    /** Where the last record ends that a reader may rely on. */
    long end;
    /** How many bytes it takes on the disk. */
    long size;
    /** How many of its records wait. */
    long waiting;
    /** Whether something in it could not be set aside, so that the whole of it has to be. */
    boolean worthKeeping;

    Segment(long number, long end, long size, long waiting) {
        this.number = number;
        this.end = end;
        this.size = size;
        this.waiting = waiting;
    }
}
