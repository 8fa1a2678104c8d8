package dev.resentry.storage.ledger;

import java.util.Map;

/**
 * How far a topic and its processing were when a minute began, by partition; empty if nobody looked then.
 *
 * @param ends behind the newest record
 * @param next in front of which all records had a fate
 */
public record MinuteOffsets(Map<Integer, Long> ends, Map<Integer, Long> next) {
    public static final MinuteOffsets UNKNOWN = new MinuteOffsets(Map.of(), Map.of());

    public MinuteOffsets {
        ends = Map.copyOf(ends);
        next = Map.copyOf(next);
    }
}
