package dev.resentry.processor.replay;

import dev.resentry.processor.consume.ConsumedRecord;
import dev.resentry.processor.consume.KafkaTopicIds;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import dev.resentry.storage.ingest.SourceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads stretches of topic {@code envelopes} by time, by consumers of their own that are in no group with the processors and
 * commit nothing.
 */
final class TopicStretches {
    private static final int MAX_RECORDS = 500;
    private static final int MAX_BYTES = 16 * 1024 * 1024;
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int POLLS = 20;

    private final KafkaSettings kafka;
    private final TopicProvisioner topics;
    private final KafkaTopicIds topicIds;

    TopicStretches(KafkaSettings kafka, TopicProvisioner topics, KafkaTopicIds topicIds) {
        this.kafka = kafka;
        this.topics = topics;
        this.topicIds = topicIds;
    }

    /**
     * A part of a partition.
     *
     * @param first what was read of it begins here; what stands in front was removed before it could be read
     * @param next where to go on
     * @param end the offset behind its last record
     */
    record Stretch(int partition, long first, long next, long end) {
        boolean isRead() {
            return next >= end;
        }
    }

    /** What was read of a stretch, and how much of it is read then. */
    record Part(List<SourceRecord> records, Stretch rest) {}

    UUID topicId() {
        return topicIds.idOf(kafka.topics().envelopes());
    }

    /** What stands on the topic since a time, for each partition: as gateways put envelopes there later than they arrived, to its end now. */
    List<Stretch> since(long jobId, Instant from) {
        awaitTopic();
        String topic = kafka.topics().envelopes();
        try (var consumer = consumer(jobId)) {
            Map<TopicPartition, Long> times = new HashMap<>();
            consumer.partitionsFor(topic)
                    .forEach(info ->
                            times.put(new TopicPartition(topic, info.partition()), Math.max(0, from.toEpochMilli())));
            Map<TopicPartition, Long> ends = consumer.endOffsets(times.keySet());
            Map<TopicPartition, OffsetAndTimestamp> begins = consumer.offsetsForTimes(times);
            List<Stretch> stretches = new ArrayList<>();
            ends.forEach((partition, end) -> {
                OffsetAndTimestamp begin = begins.get(partition);
                long first = begin == null ? end : begin.offset();
                stretches.add(new Stretch(partition.partition(), first, first, end));
            });
            return List.copyOf(stretches);
        }
    }

    /**
     * Reads on in a stretch.
     *
     * @throws KafkaException if nothing comes
     */
    Part read(long jobId, Stretch stretch) {
        var partition = new TopicPartition(kafka.topics().envelopes(), stretch.partition());
        UUID topicId = topicId();
        try (var consumer = consumer(jobId)) {
            consumer.assign(List.of(partition));
            long begin = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
            boolean removed = begin > stretch.next();
            long first = removed ? begin : stretch.first();
            long from = removed ? begin : stretch.next();
            consumer.seek(partition, from);
            List<SourceRecord> records = new ArrayList<>();
            long next = from;
            for (int poll = 0; poll < POLLS && records.isEmpty() && next < stretch.end(); poll++) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() < stretch.end()) {
                        records.add(ConsumedRecord.source(record, topicId));
                    }
                }
                next = consumer.position(partition);
            }
            if (next == from && from < stretch.end()) {
                throw new KafkaException("nothing comes of %s from offset %d on".formatted(partition, from));
            }
            return new Part(
                    records, new Stretch(stretch.partition(), first, Math.min(next, stretch.end()), stretch.end()));
        }
    }

    private void awaitTopic() {
        try {
            topics.awaitProvisioned();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while waiting for the topic", e);
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer(long jobId) {
        Map<String, Object> properties = kafka.clientProperties("resentry-replay-" + jobId);
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, kafka.topicPrefix() + "replay-" + jobId);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_RECORDS);
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, MAX_BYTES);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, MAX_BYTES);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
