package dev.resentry.storage.ledger;

import java.util.Map;
import java.util.UUID;

/**
 * What the broker says of topic {@code envelopes} at one moment.
 *
 * @param ends behind the newest record of each partition
 * @param committed what the consumers of each partition have processed; a partition they never read is missing
 */
public record BrokerOffsets(UUID topicId, Map<Integer, Long> ends, Map<Integer, Long> committed) {
    public BrokerOffsets {
        ends = Map.copyOf(ends);
        committed = Map.copyOf(committed);
    }
}
