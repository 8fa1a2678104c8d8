package dev.resentry.processor.retention;

import dev.resentry.service.kafka.TopicOffsets.Answer;
import java.util.HashMap;
import java.util.Map;

/** Which records of a topic have to go for it to take no more than it may: the oldest of each partition, and none that is not processed. */
final class TopicBound {
    private TopicBound() {}

    /**
     * The offsets up to which records go, by partition; none if all is well.
     *
     * @param bytes what each partition takes
     * @param most what all of them may take together, shared evenly
     */
    static Map<Integer, Long> firstToStay(Map<Integer, Long> bytes, Answer offsets, long most) {
        if (bytes.values().stream().mapToLong(Long::longValue).sum() <= most) {
            return Map.of();
        }
        long share = most / bytes.size();
        Map<Integer, Long> firsts = new HashMap<>();
        bytes.forEach((partition, taken) -> {
            long begin = offsets.begins().getOrDefault(partition, 0L);
            long end = offsets.ends().getOrDefault(partition, begin);
            long processed = offsets.committed().getOrDefault(partition, begin);
            if (taken > share && end > begin) {
                // Records are taken to be of one size.
                double stay = (double) share / taken * (end - begin);
                long first = Math.min(processed, end - (long) stay);
                if (first > begin) {
                    firsts.put(partition, first);
                }
            }
        });
        return firsts;
    }
}
