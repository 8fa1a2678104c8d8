package dev.resentry.processor.consume;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the consumers are with each partition, and which records in front of them are processed already. Safe to share between
 * threads.
 */
final class Backlog {
    private final Map<TopicPartition, Long> nextOffsets = new HashMap<>();
    private final Map<TopicPartition, Long> ages = new HashMap<>();
    private final Map<TopicPartition, Set<Long>> done = new HashMap<>();

    /**
     * Notes a batch that the consumers take up, and leaves out what is processed already.
     *
     * @param now in milliseconds since 1970
     */
    synchronized List<ConsumerRecord<byte[], byte[]>> takeUp(List<ConsumerRecord<byte[], byte[]>> records, long now) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            ages.put(partition(record), now - record.timestamp());
        }
        return records.stream()
                .filter(record ->
                        !done.getOrDefault(partition(record), Set.of()).contains(record.offset()))
                .toList();
    }

    /** Notes a batch that the consumers have processed. */
    synchronized void processed(List<ConsumerRecord<byte[], byte[]>> records) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            nextOffsets.merge(partition(record), record.offset() + 1, Math::max);
        }
        done.forEach((partition, offsets) -> {
            long next = nextOffsets.getOrDefault(partition, 0L);
            offsets.removeIf(offset -> offset < next);
        });
    }

    /** Notes records that were processed before the consumers came to them. */
    synchronized void processedAhead(List<ConsumerRecord<byte[], byte[]>> records) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            done.computeIfAbsent(partition(record), _ -> new HashSet<>()).add(record.offset());
        }
    }

    /** The partitions whose records have waited longer than a time, each with the offset that its consumer is at. */
    synchronized Map<TopicPartition, Long> behind(Set<TopicPartition> assigned, Duration longer) {
        ages.keySet().retainAll(assigned);
        nextOffsets.keySet().retainAll(assigned);
        done.keySet().retainAll(assigned);
        Map<TopicPartition, Long> behind = new HashMap<>();
        ages.forEach((partition, age) -> {
            Long next = nextOffsets.get(partition);
            if (next != null && age > longer.toMillis()) {
                behind.put(partition, next);
            }
        });
        return behind;
    }

    /** Notes that there is nothing in front of a place; if the consumers are there, they are not behind. */
    synchronized void noteEnd(TopicPartition partition, long end) {
        if (nextOffsets.getOrDefault(partition, 0L) >= end) {
            ages.remove(partition);
        }
    }

    /** Whether a record is processed. */
    synchronized boolean isProcessed(ConsumerRecord<byte[], byte[]> record) {
        TopicPartition partition = partition(record);
        return record.offset() < nextOffsets.getOrDefault(partition, 0L)
                || done.getOrDefault(partition, Set.of()).contains(record.offset());
    }

    private static TopicPartition partition(ConsumerRecord<byte[], byte[]> record) {
        return new TopicPartition(record.topic(), record.partition());
    }
}
