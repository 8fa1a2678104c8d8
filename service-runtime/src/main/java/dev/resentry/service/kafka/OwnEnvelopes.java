package dev.resentry.service.kafka;

import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.model.wire.EnvelopeRecord;
import dev.resentry.service.topic.KafkaSettings;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Puts what the product itself has to report on topic {@code envelopes}, as a gateway does what an SDK reports: it is counted, grouped and
 * told like everything else.
 */
public final class OwnEnvelopes implements AutoCloseable {
    private final KafkaSettings settings;
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    public OwnEnvelopes(KafkaSettings settings) {
        this.settings = settings;
    }

    /**
     * Returns when the envelope is on all in-sync replicas.
     *
     * @throws KafkaException if that is not known
     */
    public synchronized void publish(RawEnvelope envelope) {
        var record = new ProducerRecord<byte[], byte[]>(settings.topics().envelopes(), envelope.body());
        EnvelopeRecord.headers(envelope.receipt()).forEach(record.headers()::add);
        try {
            producer().send(record).get();
        } catch (ExecutionException e) {
            throw new KafkaException("topic envelopes did not take a record", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while publishing to topic envelopes", e);
        }
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(2));
            producer = null;
        }
    }

    /** Made late: few processes ever have something to report. */
    private KafkaProducer<byte[], byte[]> producer() {
        if (producer == null) {
            Map<String, Object> properties = settings.clientProperties("resentry-own-envelopes");
            properties.put(ProducerConfig.ACKS_CONFIG, "all");
            properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
            properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
            properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
            producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        }
        return producer;
    }
}
