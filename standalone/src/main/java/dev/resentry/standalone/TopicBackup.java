package dev.resentry.standalone;

import dev.resentry.service.kafka.BrokerUnavailableException;
import dev.resentry.service.kafka.TopicOffsets;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.storage.backup.TopicProgress;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads topic {@code envelopes} up to where it ends when it is asked, by a consumer of its own that commits nothing. */
final class TopicBackup {
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final int SILENT_POLLS = 60;

    private final KafkaSettings kafka;
    private final TopicProgress progress;
    private final TopicOffsets.Answer broker;

    private TopicBackup(KafkaSettings kafka, TopicProgress progress, TopicOffsets.Answer broker) {
        this.kafka = kafka;
        this.progress = progress;
        this.broker = broker;
    }

    /**
     * Asks where the topic ends. The snapshot of the tables is taken before: whatever it does not have of what was accepted stands before these
     * ends.
     *
     * @param progress of a topic, by its id
     */
    static TopicBackup begin(KafkaSettings kafka, Function<UUID, TopicProgress> progress) {
        try (var offsets = new TopicOffsets(kafka, "resentry-backup")) {
            TopicOffsets.Answer answer = offsets.ask(kafka.topics().envelopes(), kafka.processorGroup());
            return new TopicBackup(kafka, progress.apply(answer.topicId()), answer);
        } catch (BrokerUnavailableException | KafkaException e) {
            throw new UserFacingException("Kafka at %s: %s".formatted(kafka.bootstrapServers(), e.getMessage()));
        }
    }

    UUID topicId() {
        return broker.topicId();
    }

    Map<Integer, Long> ends() {
        return broker.ends();
    }

    /** How many records were written, and how many of them are in the tables. */
    record Written(long records, long processed) {}

    Written write(OutputStream out) throws IOException {
        var data = new DataOutputStream(out);
        String topic = kafka.topics().envelopes();
        Map<TopicPartition, Long> next = new HashMap<>();
        broker.ends().forEach((partition, end) -> {
            long begin = broker.begins().getOrDefault(partition, 0L);
            // What went before it could be asked for may not be in the tables yet.
            requireNothingSkipped(
                    new TopicPartition(topic, partition), progress.nextOffsets().getOrDefault(partition, begin), begin);
            if (begin < end) {
                next.put(new TopicPartition(topic, partition), begin);
            }
        });
        long records = 0;
        long processed = 0;
        int silent = 0;
        try (var consumer = consumer()) {
            consumer.assign(next.keySet());
            next.forEach(consumer::seek);
            while (!next.isEmpty()) {
                ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
                silent = polled.isEmpty() ? silent + 1 : 0;
                if (silent > SILENT_POLLS) {
                    throw new UserFacingException("Topic %s gives no more records: %s".formatted(topic, next));
                }
                for (ConsumerRecord<byte[], byte[]> record : polled) {
                    var partition = new TopicPartition(record.topic(), record.partition());
                    Long expected = next.get(partition);
                    if (expected == null) {
                        continue;
                    }
                    long end = endOf(partition);
                    requireNothingSkipped(partition, expected, Math.min(record.offset(), end));
                    if (record.offset() < end) {
                        boolean isProcessed = progress.isProcessed(record.partition(), record.offset());
                        TopicRecords.write(data, saved(record, isProcessed));
                        records++;
                        processed += isProcessed ? 1 : 0;
                    }
                    next.put(partition, record.offset() + 1);
                    if (record.offset() + 1 >= end) {
                        next.remove(partition);
                        consumer.pause(Set.of(partition));
                    }
                }
            }
        } catch (KafkaException e) {
            throw new UserFacingException("Topic %s cannot be read: %s".formatted(topic, e.getMessage()));
        }
        TopicRecords.writeEnd(data);
        return new Written(records, processed);
    }

    private long endOf(TopicPartition partition) {
        return broker.ends().getOrDefault(partition.partition(), 0L);
    }

    /** What is in the tables may be gone from the topic meanwhile, and nothing else. */
    private void requireNothingSkipped(TopicPartition partition, long expected, long offset) {
        for (long skipped = expected; skipped < offset; skipped++) {
            if (!progress.isProcessed(partition.partition(), skipped)) {
                throw new UserFacingException(
                        "Topic %s let go of records that the backup needs (partition %d, offset %d); try again"
                                .formatted(partition.topic(), partition.partition(), skipped));
            }
        }
    }

    private static TopicRecords.Saved saved(ConsumerRecord<byte[], byte[]> record, boolean processed) {
        return new TopicRecords.Saved(
                record.partition(),
                processed,
                record.timestamp(),
                List.of(record.headers().toArray()),
                record.key(),
                record.value());
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> properties = kafka.clientProperties("resentry-backup");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 16_000_000);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4_000_000);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
