package dev.resentry.processor.ledger;

import dev.resentry.processor.consume.KafkaTopicIds;
import dev.resentry.service.kafka.TopicOffsets;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import dev.resentry.service.work.BackgroundWork;
import dev.resentry.service.work.Backoff;
import dev.resentry.service.work.RetryingWorker;
import dev.resentry.storage.ledger.TopicLedger;
import dev.resentry.storage.ledger.TopicLedger.PartitionBounds;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the broker where the partitions of topic {@code envelopes} begin and end, for the ledger: their ends are what was accepted,
 * and what they do not begin with any more and was not processed is lost.
 */
final class TopicMonitor extends BackgroundWork {
    private static final Logger LOG = LoggerFactory.getLogger(TopicMonitor.class);
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(2);
    private static final InstantSource CLOCK = InstantSource.system();

    private final KafkaSettings kafka;
    private final TopicProvisioner topics;
    private final TopicOffsets offsets;
    private final KafkaTopicIds topicIds;
    private final TopicLedger ledger;
    private final Counter lost;

    TopicMonitor(
            KafkaSettings kafka,
            TopicProvisioner topics,
            TopicOffsets offsets,
            KafkaTopicIds topicIds,
            TopicLedger ledger,
            MeterRegistry registry) {
        super(STOP_WITHIN);
        this.kafka = kafka;
        this.topics = topics;
        this.offsets = offsets;
        this.topicIds = topicIds;
        this.ledger = ledger;
        this.lost = Counter.builder("resentry.ledger.lost")
                .description(
                        "Envelopes that the topic's retention removed before they were processed, found by this process")
                .register(registry);
    }

    @Override
    protected RetryingWorker newWorker() {
        return new RetryingWorker(
                "topic-monitor", "The ledger does not know the topic's ends", EVERY, Backoff.fixed(EVERY), this::watch);
    }

    private void watch() throws InterruptedException {
        if (!topics.awaitProvisioned()) {
            return;
        }
        String topic = kafka.topics().envelopes();
        TopicOffsets.Answer broker = offsets.ask(topic, kafka.processorGroup());
        topicIds.note(topic, broker.topicId());
        Map<Integer, PartitionBounds> bounds = new HashMap<>();
        broker.ends().forEach((partition, end) -> {
            Long begin = broker.begins().get(partition);
            if (begin != null) {
                bounds.put(
                        partition,
                        new PartitionBounds(begin, end, broker.committed().get(partition)));
            }
        });
        ledger.note(topic, broker.topicId(), bounds, CLOCK.instant()).forEach((partition, count) -> {
            lost.increment((double) count);
            LOG.atError()
                    .addKeyValue("topic", topic)
                    .addKeyValue("partition", partition)
                    .addKeyValue("records", count)
                    .log("Envelopes are lost: the topic's retention removed them before they were processed");
        });
    }
}
