package dev.resentry.gateway.limit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.wire.GatewayHeaders;
import dev.resentry.model.wire.UsageRecord;
import dev.resentry.service.health.CheckResult;
import dev.resentry.service.kafka.ReadFrom;
import dev.resentry.service.kafka.TopicReader;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import dev.resentry.service.work.Backoff;
import dev.resentry.service.work.RetryingWorker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what gateways tell each other of limits over topic {@code usage}: puts there what this one has to tell, recalls what was
 * told last, and follows it. What cannot be carried at once is not carried at all, as newer numbers follow soon.
 */
final class KafkaUsageExchange implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaUsageExchange.class);
    private static final Duration STALE_AFTER = Duration.ofSeconds(2);

    /** Below the time between two signs of life. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    /** In so many records every gateway has told all it knows, which it does each minute, also if there are a dozen. */
    private static final long REPLAYED_RECORDS = 5_000;

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(1);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private final KafkaSettings settings;
    private final ClusterRateLimits limits;
    private final Map<String, byte[]> self;
    private final RetryingWorker publisher;
    private final TopicReader reader;

    /** @param self what people are told of this gateway, by the names of {@link GatewayHeaders} */
    KafkaUsageExchange(
            KafkaSettings settings, TopicProvisioner topics, ClusterRateLimits limits, Map<String, String> self) {
        this.settings = settings;
        this.limits = limits;
        this.self = self.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, header -> header.getValue().getBytes(UTF_8)));
        this.publisher = new RetryingWorker(
                "usage-publisher",
                "Usage of limits cannot be published and each gateway limits alone",
                () -> limits.isQuiet() ? QUIET : ClusterRateLimits.PUBLISH_EVERY,
                Backoff.fixed(ClusterRateLimits.PUBLISH_EVERY),
                new Publishing());
        limits.onDemand(publisher::wake);
        this.reader = new TopicReader(
                "gateway-usage",
                settings,
                topics,
                settings.topics().usage(),
                new ReadFrom.LastRecords(REPLAYED_RECORDS),
                this::take);
        publisher.start();
        reader.start();
    }

    /** Tells the others that this gateway leaves; called once no request is under way. */
    @Override
    public void close() {
        reader.close();
        publisher.stop(STOP_WITHIN);
    }

    private final class Publishing implements RetryingWorker.Task {
        private @Nullable KafkaProducer<byte[], byte[]> producer;

        @Override
        public void run() {
            // Also without Kafka: this is what keeps the parts and the memory of the limits in order.
            List<UsageRecord> records = limits.publish();
            producer = producer == null ? producer() : producer;
            for (UsageRecord record : records) {
                send(producer, record);
            }
        }

        @Override
        public void finish() {
            KafkaProducer<byte[], byte[]> last = producer;
            if (last == null) {
                return;
            }
            try {
                for (UsageRecord record : limits.finalUsage()) {
                    send(last, record);
                }
            } catch (KafkaException e) {
                LOG.atDebug()
                        .addKeyValue("error", CheckResult.Failed.of(e).cause())
                        .log("Left without publishing the last usage");
            } finally {
                last.close(CLOSE_WITHIN);
            }
        }
    }

    private void send(KafkaProducer<byte[], byte[]> producer, UsageRecord record) {
        var message = new ProducerRecord<>(settings.topics().usage(), record.key(), record.value());
        // A record of one that leaves may be told for another gateway.
        if (!record.leaving()) {
            self.forEach((name, value) -> message.headers().add(name, value));
        }
        // Whether it arrives, we see when we read it ourselves.
        var _ = producer.send(message);
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

    /** Records of another version, and what no gateway wrote, are passed over. */
    private void take(ConsumerRecord<byte[], byte[]> record, boolean replayed) {
        if (record.value() != null) {
            UsageRecord.read(record.value()).ifPresent(replayed ? limits::replay : limits::receive);
        }
    }
}
