package dev.resentry.gateway.publish;

import dev.resentry.gateway.GatewaySettings;
import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.model.wire.EnvelopeRecord;
import dev.resentry.service.health.CheckResult;
import dev.resentry.service.topic.KafkaSettings;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps envelopes on topic {@code envelopes}: the body untouched, without a key, so that one project's flood spreads over all
 * partitions. The only place that knows {@code acks}.
 */
public final class KafkaEnvelopePublisher implements EnvelopePublisher, AutoCloseable {
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);
    /** Of the producer's buffer: what records have around their bodies, and a first batch for each partition. */
    private static final long BEYOND_BODIES = 8L * 1024 * 1024;

    private final KafkaSettings kafka;
    private final Duration acknowledgeWithin;
    private final long bufferBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable KafkaProducer<byte[], byte[]> producer;

    public KafkaEnvelopePublisher(KafkaSettings kafka, GatewaySettings gateway) {
        this.kafka = kafka;
        this.acknowledgeWithin = gateway.acknowledgeWithin();
        this.bufferBytes = gateway.bytesInFlight() + BEYOND_BODIES;
    }

    @Override
    public CompletableFuture<Publication> publish(RawEnvelope envelope) {
        var publication = new CompletableFuture<Publication>();
        try {
            var record = new ProducerRecord<byte[], byte[]>(kafka.topics().envelopes(), envelope.body());
            EnvelopeRecord.headers(envelope.receipt()).forEach(record.headers()::add);
            // The future that send returns says the same as the callback.
            var _ = producer().send(record, (_, failure) -> publication.complete(publicationOf(failure)));
        } catch (KafkaException e) {
            publication.complete(publicationOf(e));
        }
        return publication;
    }

    private static Publication publicationOf(@Nullable Exception failure) {
        return failure == null
                ? new Publication.Kept()
                : new Publication.Unavailable(CheckResult.Failed.of(failure).cause());
    }

    /** Waits for what is under way; called once no request is. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (producer != null) {
                producer.close(CLOSE_WITHIN);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Made late, as a client refuses to be made while its brokers' names do not resolve. */
    private KafkaProducer<byte[], byte[]> producer() {
        KafkaProducer<byte[], byte[]> existing = producer;
        if (existing != null) {
            return existing;
        }
        lock.lock();
        try {
            if (producer == null) {
                producer = new KafkaProducer<>(properties(), new ByteArraySerializer(), new ByteArraySerializer());
            }
            return producer;
        } finally {
            lock.unlock();
        }
    }

    private Map<String, Object> properties() {
        int within = (int) acknowledgeWithin.toMillis();
        Map<String, Object> properties = kafka.clientProperties("resentry-gateway");
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 1);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, (int)
                kafka.maxRecordSize().toBytes());
        // Room for every body there can be, so that none waits for room a second time, and holds up the thread that
        // sends it.
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, bufferBytes);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, within);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, within);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.max(within / 2, 1));
        return properties;
    }
}
