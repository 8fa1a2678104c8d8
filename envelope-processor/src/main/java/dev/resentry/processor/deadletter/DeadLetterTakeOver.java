package dev.resentry.processor.deadletter;

import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.model.outcome.DropReason;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.model.wire.DeadLetter;
import dev.resentry.model.wire.EnvelopeRecord;
import dev.resentry.processor.consume.ConsumedRecord;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import dev.resentry.service.work.BackgroundWork;
import dev.resentry.service.work.Backoff;
import dev.resentry.service.work.RetryingWorker;
import dev.resentry.storage.deadletter.DeadLetterTopicStore;
import dev.resentry.storage.deadletter.DeadLetterTopicStore.Letter;
import dev.resentry.storage.ingest.SourceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the records of topic {@code envelopes.dead}, which earlier versions wrote, over into the database: at start, from
 * where the last take-over ended to the end that is seen, beside the consumers. Where there is no such topic, there is
 * nothing to do. Tried again for as long as it takes.
 */
final class DeadLetterTakeOver extends BackgroundWork {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterTakeOver.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(2);
    private static final Backoff BACKOFF = Backoff.fixed(Duration.ofSeconds(5));

    /** Bounds a transaction; a record may have megabytes. */
    private static final int MAX_LETTERS = 100;

    private final KafkaSettings kafka;
    private final TopicProvisioner topics;
    private final DeadLetterTopicStore store;

    DeadLetterTakeOver(KafkaSettings kafka, TopicProvisioner topics, DeadLetterTopicStore store) {
        super(STOP_WITHIN);
        this.kafka = kafka;
        this.topics = topics;
        this.store = store;
    }

    @Override
    protected RetryingWorker newWorker() {
        return new RetryingWorker(
                "dead-letter-take-over", "Dead letters wait on the topic", Duration.ZERO, BACKOFF, this::takeOverOnce);
    }

    private void takeOverOnce() throws InterruptedException {
        if (topics.awaitProvisioned()) {
            takeOver();
        }
        requestStop();
    }

    private void takeOver() {
        String topic = kafka.topics().deadLetters();
        try (var consumer =
                new KafkaConsumer<>(properties(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
            Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
            for (TopicPartition partition : partitions) {
                long beginning = first.getOrDefault(partition, 0L);
                long from = Math.max(beginning, store.nextOffset(topic, partition.partition()));
                takeOver(consumer, partition, from, end.getOrDefault(partition, 0L));
            }
        }
    }

    private void takeOver(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long from, long end) {
        if (from >= end) {
            return;
        }
        consumer.assign(List.of(partition));
        consumer.seek(partition, from);
        long taken = 0;
        while (consumer.position(partition) < end && isRunning()) {
            List<Letter> letters = new ArrayList<>();
            consumer.poll(POLL).forEach(record -> letters.add(letter(record)));
            store.takeOver(partition.topic(), partition.partition(), letters, consumer.position(partition));
            taken += letters.size();
        }
        LOG.atInfo()
                .addKeyValue("topic", partition.topic())
                .addKeyValue("partition", partition.partition())
                .addKeyValue("records", taken)
                .log("Dead letters taken over from the topic");
    }

    private static Letter letter(ConsumerRecord<byte[], byte[]> record) {
        List<SourceRecord.Header> headers = ConsumedRecord.headers(record).stream()
                .filter(header -> !DeadLetter.HEADERS.contains(header.name()))
                .toList();
        return DeadLetter.read(name -> ConsumedRecord.lastHeader(record, name))
                .map(dead -> new Letter(
                        new SourceRecord(dead.topic(), null, dead.partition(), dead.offset(), headers, record.value()),
                        new Outcome.Dropped(dead.reason(), dead.cause()),
                        dead.at(),
                        receivedAt(record)))
                .orElseGet(() -> new Letter(
                        ConsumedRecord.source(record, null),
                        new Outcome.Dropped(
                                DropReason.INVALID_RECORD, "no dead letter: a header dead-… is missing or unreadable"),
                        Instant.ofEpochMilli(record.timestamp()),
                        receivedAt(record)));
    }

    private static @Nullable Instant receivedAt(ConsumerRecord<byte[], byte[]> record) {
        return switch (EnvelopeRecord.read(name -> ConsumedRecord.lastHeader(record, name), record.value())) {
            case EnvelopeRecord.Received(var envelope) -> {
                Receipt receipt = envelope.receipt();
                yield receipt.receivedAt();
            }
            case EnvelopeRecord.Unreadable _ -> null;
        };
    }

    private Map<String, Object> properties() {
        Map<String, Object> properties = kafka.clientProperties("resentry-dead-letter-take-over");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_LETTERS);
        return properties;
    }
}
