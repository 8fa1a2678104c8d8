package dev.resentry.processor.consume;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * How far the consumers are with each partition, and which records in front of them are processed already. What it knows holds for one
 * topic: when the offsets begin anew, or Kafka gives the topic another id, all is forgotten. Safe to share between threads.
 */
final class Backlog {
    private final Map<TopicPartition, Progress> partitions = new HashMap<>();
    private @Nullable UUID topicId;
    private long generation;

    /**
     * The partitions whose records have waited too long.
     *
     * @param generation changes when offsets seen until then do not count any more
     * @param offsets where what nobody has taken up begins
     */
    record Behind(long generation, Map<TopicPartition, Long> offsets) {
        Behind {
            offsets = Map.copyOf(offsets);
        }

        boolean isEmpty() {
            return offsets.isEmpty();
        }
    }

    private static final class Progress {
        private final ProcessedOffsets ahead = new ProcessedOffsets();

        /** All records before it are processed. */
        private long next;

        /** All records before it are processed or in the batch that is being processed. */
        private long taken;

        /** When the last record that was taken up was received, in milliseconds since 1970. */
        private long newest;

        /** How old that record was when it was taken up, in milliseconds. */
        private long age;

        Progress(long next) {
            this.next = next;
            this.taken = next;
        }

        private boolean isWorking() {
            return taken > next;
        }

        private long age(long now) {
            return isWorking() ? now - newest : age;
        }
    }

    /** Whether the consumers have come to records from before those that are processed: redelivered ones, or those of a new topic. */
    synchronized boolean goesBack(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().anyMatch(record -> {
            Progress progress = partitions.get(partition(record));
            return progress != null && record.offset() < progress.next;
        });
    }

    /**
     * Notes a batch that the consumers take up, and leaves out what is processed already.
     *
     * @param topic the id of the topic that it is of
     * @param now in milliseconds since 1970
     */
    synchronized List<ConsumerRecord<byte[], byte[]>> takeUp(
            UUID topic, List<ConsumerRecord<byte[], byte[]>> records, long now) {
        if (!topic.equals(topicId) || goesBack(records)) {
            topicId = topic;
            generation++;
            partitions.clear();
        }
        List<ConsumerRecord<byte[], byte[]>> unprocessed = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Progress progress = partitions.computeIfAbsent(partition(record), _ -> new Progress(record.offset()));
            progress.taken = Math.max(progress.taken, record.offset() + 1);
            progress.newest = record.timestamp();
            progress.age = now - record.timestamp();
            if (!progress.ahead.contains(record.offset())) {
                unprocessed.add(record);
            }
        }
        return unprocessed;
    }

    /** Notes a batch that the consumers have processed. */
    synchronized void processed(List<ConsumerRecord<byte[], byte[]>> records) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Progress progress = partitions.get(partition(record));
            if (progress != null) {
                progress.next = Math.max(progress.next, record.offset() + 1);
                progress.taken = Math.max(progress.taken, progress.next);
            }
        }
        partitions.values().forEach(progress -> progress.ahead.removeBefore(progress.next));
    }

    /**
     * Notes records that were processed before the consumers came to them.
     *
     * @param seenIn the generation in which they were read
     */
    synchronized void processedAhead(long seenIn, List<ConsumerRecord<byte[], byte[]>> records) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Progress progress = partitions.get(partition(record));
            if (progress != null && seenIn == generation) {
                progress.ahead.add(record.offset());
            }
        }
    }

    /**
     * The partitions whose records have waited longer than a time.
     *
     * @param now in milliseconds since 1970
     */
    synchronized Behind behind(Set<TopicPartition> assigned, Duration longer, long now) {
        partitions.keySet().retainAll(assigned);
        Map<TopicPartition, Long> behind = new HashMap<>();
        partitions.forEach((partition, progress) -> {
            if (progress.age(now) > longer.toMillis()) {
                behind.put(partition, progress.taken);
            }
        });
        return new Behind(generation, behind);
    }

    /** Notes that there is nothing in front of a place; if the consumers are there, they are not behind. */
    synchronized void noteEnd(TopicPartition partition, long end) {
        Progress progress = partitions.get(partition);
        if (progress != null && progress.next >= end) {
            progress.age = 0;
        }
    }

    /** Whether a record is processed, or in the batch that is being processed. */
    synchronized boolean isTaken(ConsumerRecord<byte[], byte[]> record) {
        Progress progress = partitions.get(partition(record));
        return progress != null && (record.offset() < progress.taken || progress.ahead.contains(record.offset()));
    }

    private static TopicPartition partition(ConsumerRecord<byte[], byte[]> record) {
        return new TopicPartition(record.topic(), record.partition());
    }
}
