package dev.resentry.processor.consume;

import static java.util.Objects.requireNonNull;

import dev.resentry.processor.ProcessorSettings;
import dev.resentry.service.health.CheckResult;
import dev.resentry.service.health.HealthCheck;
import dev.resentry.service.kafka.QuietConsumer;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import dev.resentry.service.work.ConcurrentStop;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.BatchAcknowledgingMessageListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * The consumers of topic {@code envelopes}. Offsets are committed after a batch is processed and never before. A batch that
 * fails is tried again for as long as it takes, while its partitions are paused and the process stays in its group: a
 * database outage stops consuming, nothing else.
 */
final class EnvelopeConsumers implements ConcurrentStop, HealthCheck {
    private static final Logger LOG = LoggerFactory.getLogger(EnvelopeConsumers.class);

    /** One is stored while the next is decoded; offsets move behind all of them. */
    private static final int BATCHES_AT_ONCE = 4;

    private final ConcurrentMessageListenerContainer<byte[], byte[]> container;
    private final TopicProvisioner topics;
    private final KafkaTopicIds topicIds;
    private final BatchObserver observer;
    private final Backlog backlog;
    private final int maxBatch;
    private final AtomicReference<@Nullable String> trouble = new AtomicReference<>();
    private volatile boolean wanted;

    EnvelopeConsumers(
            EnvelopeBatch batch,
            KafkaSettings kafka,
            ProcessorSettings settings,
            TopicProvisioner topics,
            KafkaTopicIds topicIds,
            BatchObserver observer,
            Backlog backlog) {
        this.topics = topics;
        this.topicIds = topicIds;
        this.backlog = backlog;
        this.maxBatch = settings.maxBatch();
        this.observer = observer;
        this.container = container(batch, kafka, settings);
    }

    private ConcurrentMessageListenerContainer<byte[], byte[]> container(
            EnvelopeBatch batch, KafkaSettings kafka, ProcessorSettings settings) {
        var properties = new ContainerProperties(kafka.topics().envelopes());
        properties.setGroupId(kafka.processorGroup());
        properties.setAckMode(ContainerProperties.AckMode.MANUAL_IMMEDIATE);
        properties.setSyncCommits(true);
        properties.setStopImmediate(true);
        properties.setShutdownTimeout(8_000);
        properties.setMessageListener((BatchAcknowledgingMessageListener<byte[], byte[]>)
                (records, acknowledgment) -> process(batch, records, requireNonNull(acknowledgment)));
        var consumers = new DefaultKafkaConsumerFactory<>(
                consumerProperties(kafka, settings), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var container = new ConcurrentMessageListenerContainer<>(consumers, properties);
        container.setConcurrency(settings.consumers());
        container.setBeanName("envelopes");
        container.setCommonErrorHandler(errorHandler());
        return container;
    }

    /** The partitions that this process consumes now. */
    Set<TopicPartition> assignedPartitions() {
        Collection<TopicPartition> assigned = container.getAssignedPartitions();
        return assigned == null ? Set.of() : Set.copyOf(assigned);
    }

    /** Retries without end, whatever was thrown: to skip a batch is to lose it. */
    private static DefaultErrorHandler errorHandler() {
        var backOff = new ExponentialBackOff(500, 2);
        backOff.setMaxInterval(5_000);
        var handler = new DefaultErrorHandler(backOff);
        handler.setClassifications(Map.of(), true);
        return handler;
    }

    private void process(
            EnvelopeBatch batch, List<ConsumerRecord<byte[], byte[]>> records, Acknowledgment acknowledgment) {
        long begin = System.nanoTime();
        try {
            var batches = new Batches(records, maxBatch, () -> wanted);
            batch.process(batches, this::takeUp);
            // What is left when the process stops comes to whoever takes over.
            if (batches.taken() > 0) {
                backlog.processed(records.subList(0, batches.taken()));
                acknowledge(acknowledgment, batches.taken(), records.size());
            }
        } catch (RuntimeException e) {
            observer.failed();
            String cause = CheckResult.Failed.of(e).cause();
            if (trouble.getAndSet(cause) == null) {
                LOG.atWarn().addKeyValue("error", cause).log("A batch could not be stored; trying on");
            }
            throw e;
        }
        observer.processed(System.nanoTime() - begin);
        if (trouble.getAndSet(null) != null) {
            LOG.info("Storing works again");
        }
    }

    private static void acknowledge(Acknowledgment acknowledgment, int first, int all) {
        if (first == all) {
            acknowledgment.acknowledge();
        } else {
            acknowledgment.acknowledge(first - 1);
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> takeUp(List<ConsumerRecord<byte[], byte[]>> records) {
        String topic = records.getFirst().topic();
        if (backlog.goesBack(records)) {
            // It may be another topic, made anew under the same name.
            topicIds.forget(topic);
        }
        return backlog.takeUp(topicIds.idOf(topic), records, System.currentTimeMillis());
    }

    private static Map<String, Object> consumerProperties(KafkaSettings kafka, ProcessorSettings settings) {
        Map<String, Object> properties = kafka.clientProperties("resentry-processor");
        QuietConsumer.configure(properties, true);
        // A stop waits for the fetch that the broker holds.
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 500);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, BATCHES_AT_ONCE * settings.maxBatch());
        // Of one partition too, or few records come at once however many wait.
        properties.put(
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                (int) settings.maxFetch().toBytes() / 2);
        properties.put(
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG, (int) settings.maxFetch().toBytes());
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int)
                settings.sessionTimeout().toMillis());
        properties.put(
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                (int) settings.sessionTimeout().toMillis() / 4);
        // A processor that comes or goes takes partitions from the others without stopping them.
        properties.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        return properties;
    }

    /** Does not wait: the consumers begin as soon as the topics are there. */
    @Override
    public void start() {
        wanted = true;
        Thread.ofVirtual().name("consumers-start").start(() -> {
            try {
                if (topics.awaitProvisioned()) {
                    startContainer();
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private synchronized void startContainer() {
        if (wanted) {
            container.start();
        }
    }

    @Override
    public synchronized void stop() {
        wanted = false;
        container.stop();
    }

    @Override
    public boolean isRunning() {
        return wanted;
    }

    @Override
    public String name() {
        return "consumers";
    }

    @Override
    public CheckResult check() {
        String cause = trouble.get();
        if (!container.isRunning()) {
            return new CheckResult.Failed("not running");
        }
        return cause == null ? new CheckResult.Ok() : new CheckResult.Failed(cause);
    }
}
