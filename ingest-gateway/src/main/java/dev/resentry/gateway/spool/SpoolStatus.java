package dev.resentry.gateway.spool;

import java.time.Duration;
import java.util.Map;

/**
 * What a spool holds and has done. The totals count from the start of the process.
 *
 * @param accepting whether it would keep an envelope now; one that would not may still hold some, and drains
 * @param envelopes how many wait for Kafka
 * @param bytes what the segments take on the disk, drained records of the last ones included
 * @param oldestAge how long the first of them has waited
 * @param appended how many were kept
 * @param drained how many Kafka acknowledged; some of them may have been drained before a kill, too
 * @param rejected how many attempts to append were rejected, by cause; an envelope may be tried several times
 * @param quarantined how many records were quarantined, damaged or refused by Kafka: an operator has to look at them
 * @param quarantinedBytes size of the files in quarantine; they count as the spool's until they are deleted
 * @param unreadable how many segments the disk does not give back; they are tried again, then set aside whole
 * @param draining whether the last attempt to hand one on went well and more wait
 */
public record SpoolStatus(
        boolean accepting,
        long envelopes,
        long bytes,
        Duration oldestAge,
        long appended,
        long drained,
        Map<SpoolRejection, Long> rejected,
        long quarantined,
        long quarantinedBytes,
        long unreadable,
        boolean draining) {

    /** Where there is no spool. */
    public static final SpoolStatus OFF = new SpoolStatus(false, 0, 0, Duration.ZERO, 0, 0, Map.of(), 0, 0, 0, false);
}
