package dev.resentry.processor.ledger;

import dev.resentry.processor.consume.KafkaTopicIds;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import dev.resentry.service.work.Backoff;
import dev.resentry.service.work.RetryingWorker;
import dev.resentry.storage.ledger.TopicLedger;
import dev.resentry.storage.ledger.TopicLedger.PartitionBounds;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Asks the broker where the partitions of topic {@code envelopes} begin and end, for the ledger: their ends are what was accepted,
 * and what they do not begin with any more and was not processed is lost.
 */
final class TopicMonitor implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(TopicMonitor.class);
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(2);
    private static final InstantSource CLOCK = InstantSource.system();

    private final KafkaSettings kafka;
    private final TopicProvisioner topics;
    private final KafkaTopicIds topicIds;
    private final TopicLedger ledger;
    private final Counter lost;
    private volatile @Nullable RetryingWorker worker;

    TopicMonitor(
            KafkaSettings kafka,
            TopicProvisioner topics,
            KafkaTopicIds topicIds,
            TopicLedger ledger,
            MeterRegistry registry) {
        this.kafka = kafka;
        this.topics = topics;
        this.topicIds = topicIds;
        this.ledger = ledger;
        this.lost = Counter.builder("resentry.ledger.lost")
                .description(
                        "Envelopes that the topic's retention removed before they were processed, found by this process")
                .register(registry);
    }

    @Override
    public void start() {
        var started = new RetryingWorker(
                "topic-monitor",
                "The ledger does not know the topic's ends",
                EVERY,
                Backoff.fixed(EVERY),
                new Watching());
        worker = started;
        started.start();
    }

    @Override
    public void stop() {
        RetryingWorker current = worker;
        if (current != null) {
            current.stop(STOP_WITHIN);
        }
    }

    @Override
    public boolean isRunning() {
        RetryingWorker current = worker;
        return current != null && !current.isStopping();
    }

    private final class Watching implements RetryingWorker.Task {
        private @Nullable Admin admin;

        @Override
        public void run() throws Exception {
            if (topics.awaitProvisioned()) {
                Admin current = admin;
                if (current == null) {
                    current = Admin.create(kafka.clientProperties("resentry-topic-monitor"));
                    admin = current;
                }
                watch(current);
            }
        }

        @Override
        public void finish() {
            if (admin != null) {
                admin.close(Duration.ZERO);
            }
        }
    }

    private void watch(Admin admin) throws ExecutionException, InterruptedException, TimeoutException {
        String topic = kafka.topics().envelopes();
        TopicDescription description =
                await(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic);
        if (description == null) {
            return;
        }
        topicIds.note(topic, description.topicId());
        List<TopicPartition> partitions = description.partitions().stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        // In this order, so that nothing looks processed that had not come yet.
        Map<TopicPartition, OffsetAndMetadata> committed =
                await(admin.listConsumerGroupOffsets(kafka.processorGroup()).partitionsToOffsetAndMetadata());
        Map<TopicPartition, ListOffsetsResultInfo> begins = offsets(admin, partitions, OffsetSpec.earliest());
        Map<TopicPartition, ListOffsetsResultInfo> ends = offsets(admin, partitions, OffsetSpec.latest());
        Map<Integer, PartitionBounds> bounds = new HashMap<>();
        for (TopicPartition partition : partitions) {
            ListOffsetsResultInfo begin = begins.get(partition);
            ListOffsetsResultInfo end = ends.get(partition);
            OffsetAndMetadata done = committed.get(partition);
            if (begin != null && end != null) {
                bounds.put(
                        partition.partition(),
                        new PartitionBounds(begin.offset(), end.offset(), done == null ? null : done.offset()));
            }
        }
        ledger.note(topic, KafkaTopicIds.uuid(description.topicId()), bounds, CLOCK.instant())
                .forEach((partition, count) -> {
                    lost.increment(count);
                    LOG.atError()
                            .addKeyValue("topic", topic)
                            .addKeyValue("partition", partition)
                            .addKeyValue("records", count)
                            .log("Envelopes are lost: the topic's retention removed them before they were processed");
                });
    }

    private static Map<TopicPartition, ListOffsetsResultInfo> offsets(
            Admin admin, List<TopicPartition> partitions, OffsetSpec which)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        partitions.forEach(partition -> wanted.put(partition, which));
        return await(admin.listOffsets(wanted).all());
    }

    private static <T> T await(KafkaFuture<T> future)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    }
}
