package dev.resentry.processor.retention;

import dev.resentry.model.wire.Topics;
import dev.resentry.service.kafka.TopicOffsets;
import dev.resentry.service.kafka.TopicSizes;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.work.Backoff;
import dev.resentry.service.work.RetryingWorker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures the disk that the topics take, and keeps topic {@code envelopes} below its bound by letting go of what is processed. What
 * is processed is in the database too, from which a replay takes it then.
 */
final class TopicDisk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicDisk.class);
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(1);

    private final KafkaSettings kafka;
    private final TopicDiskSettings settings;
    private final TopicSizes sizes;
    private final TopicOffsets offsets;
    private final MultiGauge gauge;
    private final RetryingWorker worker;

    TopicDisk(
            KafkaSettings kafka,
            TopicDiskSettings settings,
            TopicSizes sizes,
            TopicOffsets offsets,
            MeterRegistry registry) {
        this.kafka = kafka;
        this.settings = settings;
        this.sizes = sizes;
        this.offsets = offsets;
        this.gauge = MultiGauge.builder("resentry.topic.size")
                .description("What a topic takes of a broker's disk")
                .baseUnit("bytes")
                .register(registry);
        this.worker = new RetryingWorker(
                "topic-disk", "The size of the topics is not known", EVERY, Backoff.fixed(RETRY_AFTER), this::look);
        worker.start();
    }

    @Override
    public void close() {
        worker.stop(STOP_WITHIN);
    }

    private void look() {
        Topics topics = kafka.topics();
        Map<String, Map<Integer, Long>> bytes = Map.of();
        try {
            bytes = sizes.measure(
                    List.of(topics.envelopes(), topics.events(), topics.projects(), topics.usage(), topics.outcomes()));
        } finally {
            gauge.register(
                    bytes.entrySet().stream()
                            .map(topic -> MultiGauge.Row.of(
                                    Tags.of("topic", topic.getKey()),
                                    topic.getValue().values().stream()
                                            .mapToLong(Long::longValue)
                                            .sum()))
                            .toList(),
                    true);
        }
        bound(topics.envelopes(), bytes.getOrDefault(topics.envelopes(), Map.of()));
    }

    private void bound(String topic, Map<Integer, Long> bytes) {
        if (settings.envelopesMaxSize() == null || bytes.isEmpty()) {
            return;
        }
        long most = settings.envelopesMaxSize().toBytes();
        Map<Integer, Long> firsts = TopicBound.firstToStay(bytes, offsets.ask(topic, kafka.processorGroup()), most);
        if (!firsts.isEmpty()) {
            sizes.deleteBefore(topic, firsts);
            LOG.atInfo()
                    .addKeyValue("topic", topic)
                    .addKeyValue("bound", most)
                    .addKeyValue("firstByPartition", firsts)
                    .log("The topic takes more than it may; its oldest processed records go");
        }
    }
}
