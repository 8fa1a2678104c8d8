package dev.resentry.gateway.limit;

import dev.resentry.model.wire.UsageRecord;
import dev.resentry.service.health.CheckResult;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what gateways tell each other of limits over topic {@code usage}: puts there what this one has to tell, recalls what was
 * told last, and follows it. What cannot be carried at once is not carried at all, as newer numbers follow soon.
 */
public final class KafkaUsageExchange implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaUsageExchange.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final Duration STALE_AFTER = Duration.ofSeconds(2);

    /** In so many records every gateway has told all it knows, which it does each minute, also if there are a dozen. */
    private static final long REPLAYED_RECORDS = 5_000;

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(1);

    private final KafkaSettings settings;
    private final TopicProvisioner topics;
    private final ClusterRateLimits limits;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread teller;
    private final Thread listener;
    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;

    public KafkaUsageExchange(KafkaSettings settings, TopicProvisioner topics, ClusterRateLimits limits) {
        this.settings = settings;
        this.topics = topics;
        this.limits = limits;
        this.teller = Thread.ofPlatform().daemon().name("usage-teller").start(this::tellAll);
        this.listener = Thread.ofPlatform().daemon().name("usage-listener").start(this::listen);
    }

    /** Tells the others that this gateway leaves; called once no request is under way. */
    @Override
    public void close() {
        closed.countDown();
        KafkaConsumer<byte[], byte[]> current = consumer;
        if (current != null) {
            current.wakeup();
        }
        try {
            teller.join(Duration.ofSeconds(5));
            listener.join(Duration.ofSeconds(5));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void tellAll() {
        KafkaProducer<byte[], byte[]> producer = null;
        boolean told = true;
        try {
            while (!closed.await(ClusterRateLimits.PUBLISH_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    // Also without Kafka: this is what keeps the parts and the memory of the limits in order.
                    List<UsageRecord> records = limits.publish();
                    producer = producer == null ? producer() : producer;
                    for (UsageRecord record : records) {
                        send(producer, record);
                    }
                    told = true;
                } catch (RuntimeException e) {
                    if (told) {
                        LOG.atWarn()
                                .addKeyValue("error", CheckResult.Failed.of(e).cause())
                                .log("Usage of limits cannot be told; each gateway limits alone meanwhile");
                    }
                    told = false;
                }
            }
            if (producer != null) {
                for (UsageRecord record : limits.leave()) {
                    send(producer, record);
                }
            }
        } catch (KafkaException e) {
            LOG.atDebug().addKeyValue("error", CheckResult.Failed.of(e).cause()).log("Left without telling");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            if (producer != null) {
                producer.close(CLOSE_WITHIN);
            }
        }
    }

    private void send(KafkaProducer<byte[], byte[]> producer, UsageRecord record) {
        // Whether it arrives, we see when we read it ourselves.
        var _ = producer.send(new ProducerRecord<>(settings.topics().usage(), record.key(), record.value()));
    }

    private KafkaProducer<byte[], byte[]> producer() {
        int stale = (int) STALE_AFTER.toMillis();
        Map<String, Object> properties = settings.clientProperties("resentry-gateway-usage");
        properties.put(ProducerConfig.ACKS_CONFIG, "1");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 8L * 1024 * 1024);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, ClusterRateLimits.PUBLISH_EVERY.toMillis());
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, stale);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, stale / 2);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private void listen() {
        try {
            while (closed.getCount() > 0 && topics.awaitProvisioned()) {
                try {
                    follow();
                } catch (WakeupException | InterruptException _) {
                    return;
                } catch (RuntimeException e) {
                    LOG.atWarn()
                            .addKeyValue("error", CheckResult.Failed.of(e).cause())
                            .log("Usage of limits cannot be read; trying again");
                    if (closed.await(RETRY_AFTER.toMillis(), TimeUnit.MILLISECONDS)) {
                        return;
                    }
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        Map<String, Object> properties = new HashMap<>(settings.clientProperties("resentry-gateway-usage"));
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        try (var reader = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer = reader;
            List<TopicPartition> partitions = reader
                    .partitionsFor(settings.topics().usage())
                    .stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            reader.assign(partitions);
            Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
            reader.beginningOffsets(partitions)
                    .forEach((partition, begin) -> reader.seek(
                            partition, Math.max(begin, ends.getOrDefault(partition, 0L) - REPLAYED_RECORDS)));
            while (closed.getCount() > 0) {
                reader.poll(POLL).forEach(record -> {
                    long end = ends.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L);
                    take(record, record.offset() < end);
                });
            }
        } finally {
            consumer = null;
        }
    }

    /** Records of another version, and what no gateway wrote, are passed over. */
    private void take(ConsumerRecord<byte[], byte[]> record, boolean past) {
        if (record.value() != null) {
            UsageRecord.read(record.value()).ifPresent(past ? limits::replay : limits::receive);
        }
    }
}
