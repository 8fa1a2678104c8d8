package dev.resentry.gateway.spool;

/** A record that waits, and where it stands. */
record SpooledRecord(long segment, long from, long next, SpooledEnvelope envelope) {
    long bytes() {
        return next - from;
    }
}
