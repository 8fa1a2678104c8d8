package dev.resentry.service.kafka;

import dev.resentry.service.kafka.ReadFrom.Beginning;
import dev.resentry.service.kafka.ReadFrom.CommittedOffset;
import dev.resentry.service.kafka.ReadFrom.LastRecords;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import dev.resentry.service.work.Backoff;
import dev.resentry.service.work.RetryingWorker;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a topic on a thread of its own and hands the records to a handler, each partition in its order. Begins once the topics are
 * provisioned; waits while Kafka is away; begins anew, as {@link ReadFrom} says, after a failure of Kafka or the handler. Is
 * started and closed once; its owner does both.
 */
public final class TopicReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);

    /** While nobody waits for the end of a poll but for a record, which ends it at once. */
    private static final Duration QUIET_POLL = Duration.ofSeconds(10);

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(2));
    private static final Duration STOP_WITHIN = Duration.ofSeconds(3);

    /** Enough to leave a group; the broker may hold the last fetch for longer, which nobody has to wait for. */
    private static final Duration LEAVE_WITHIN = Duration.ofMillis(200);

    private final String name;
    private final KafkaSettings kafka;
    private final TopicProvisioner topics;
    private final String topic;
    private final ReadFrom from;
    private final RecordHandler handler;
    private final int records;
    private final RetryingWorker worker;

    /** Only used by the worker, but for its wake-up. */
    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;

    private Map<TopicPartition, Long> ends = Map.of();
    private boolean caughtUp;
    private boolean failed;

    /** @param name names the thread and, behind {@code resentry-}, the Kafka client */
    public TopicReader(
            String name,
            KafkaSettings kafka,
            TopicProvisioner topics,
            String topic,
            ReadFrom from,
            RecordHandler handler) {
        this(name, kafka, topics, topic, from, handler, ConsumerConfig.DEFAULT_MAX_POLL_RECORDS);
    }

    /**
     * @param name names the thread and, behind {@code resentry-}, the Kafka client
     * @param records how many of them are handled between two calls of {@link RecordHandler#polled}, at most
     */
    public TopicReader(
            String name,
            KafkaSettings kafka,
            TopicProvisioner topics,
            String topic,
            ReadFrom from,
            RecordHandler handler,
            int records) {
        this.name = name;
        this.kafka = kafka;
        this.topics = topics;
        this.topic = topic;
        this.from = from;
        this.handler = handler;
        this.records = records;
        this.worker = new RetryingWorker(
                name, "Records of topic %s wait".formatted(topic), Duration.ZERO, BACKOFF, new Reading());
    }

    public void start() {
        worker.start();
    }

    /** Stops after the record that is being handled, whose handler is interrupted after three seconds. */
    @Override
    public void close() {
        worker.requestStop();
        KafkaConsumer<byte[], byte[]> current = consumer;
        if (current != null) {
            current.wakeup();
        }
        // Without a consumer it waits for topics or a broker, and an interrupt costs nothing.
        worker.stop(current == null ? Duration.ZERO : STOP_WITHIN);
    }

    private final class Reading implements RetryingWorker.Task {
        @Override
        public void run() throws InterruptedException {
            try {
                KafkaConsumer<byte[], byte[]> current = consumer;
                if (current != null) {
                    read(current);
                } else if (topics.awaitProvisioned()) {
                    read(open());
                } else {
                    worker.requestStop();
                }
            } catch (WakeupException _) {
                // Comes of the stop alone, which the worker sees.
            } catch (RuntimeException e) {
                failed = true;
                discardConsumer();
                throw e;
            }
        }

        @Override
        public void finish() {
            discardConsumer();
        }
    }

    private KafkaConsumer<byte[], byte[]> open() {
        Map<String, Object> properties = kafka.clientProperties("resentry-" + name);
        boolean isGroup = from instanceof CommittedOffset;
        QuietConsumer.configure(properties, isGroup);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, records);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, from instanceof LastRecords ? "latest" : "earliest");
        if (from instanceof CommittedOffset(String group)) {
            properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        }
        var opened = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer = opened;
        caughtUp = false;
        if (worker.isStopping()) {
            // The stop may have missed the consumer.
            opened.wakeup();
        }
        switch (from) {
            case CommittedOffset _ -> opened.subscribe(List.of(topic), new Members());
            case Beginning _ -> opened.seekToBeginning(assign(opened));
            case LastRecords(long count) -> {
                List<TopicPartition> partitions = assign(opened);
                opened.beginningOffsets(partitions)
                        .forEach((partition, begin) ->
                                opened.seek(partition, Math.max(begin, ends.getOrDefault(partition, 0L) - count)));
            }
        }
        return opened;
    }

    private final class Members implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            handler.partitionsChanged();
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            handler.partitionsChanged();
        }
    }

    private List<TopicPartition> assign(KafkaConsumer<byte[], byte[]> opened) {
        List<TopicPartition> partitions = opened.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new IllegalStateException("topic %s does not exist".formatted(topic));
        }
        opened.assign(partitions);
        ends = Map.copyOf(opened.endOffsets(partitions));
        return partitions;
    }

    /** Polls once; after a failure until something shows that it is over, as the worker logs that. */
    private void read(KafkaConsumer<byte[], byte[]> current) {
        boolean isGroup = from instanceof CommittedOffset;
        do {
            if (!isGroup && !caughtUp && isAtEnds(current)) {
                caughtUp = true;
                handler.caughtUp();
            }
            boolean isPending = failed || (!isGroup && !caughtUp) || handler.waits();
            ConsumerRecords<byte[], byte[]> records = current.poll(isPending ? POLL : QUIET_POLL);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                handler.handle(record, isReplayed(record));
            }
            handler.polled();
            if (isGroup && !records.isEmpty()) {
                current.commitSync();
            }
            failed = failed && records.isEmpty() && !caughtUp;
        } while (failed && !worker.isStopping());
    }

    private boolean isAtEnds(KafkaConsumer<byte[], byte[]> current) {
        return ends.entrySet().stream().allMatch(end -> current.position(end.getKey()) >= end.getValue());
    }

    private boolean isReplayed(ConsumerRecord<byte[], byte[]> record) {
        return record.offset() < ends.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L);
    }

    private void discardConsumer() {
        KafkaConsumer<byte[], byte[]> old = consumer;
        consumer = null;
        if (old != null) {
            // Who is in no group has nothing to leave, and the broker may be holding its last fetch.
            old.close(CloseOptions.timeout(from instanceof CommittedOffset ? LEAVE_WITHIN : Duration.ZERO));
        }
    }
}
