package dev.resentry.query.pipeline;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * How far topic {@code envelopes} and its processing were at a moment, by partition.
 *
 * @param ends behind the newest record
 * @param next in front of which all records are processed; at least where the partition begins
 * @param fated in front of which all records have a fate; a partition without any fate is missing
 */
record Sample(Instant at, UUID topicId, Map<Integer, Long> ends, Map<Integer, Long> next, Map<Integer, Long> fated) {

    long lag(int partition) {
        return Math.max(0, ends.getOrDefault(partition, 0L) - next.getOrDefault(partition, 0L));
    }

    long backlog() {
        return ends.keySet().stream().mapToLong(this::lag).sum();
    }

    /** How many records were accepted since partitions ended earlier; one that was not there is counted from its beginning. */
    long acceptedSince(Map<Integer, Long> earlierEnds) {
        return ends.entrySet().stream()
                .mapToLong(end -> end.getValue() - earlierEnds.getOrDefault(end.getKey(), 0L))
                .sum();
    }
}
