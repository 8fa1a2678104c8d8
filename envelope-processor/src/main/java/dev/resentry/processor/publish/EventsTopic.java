package dev.resentry.processor.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.storage.outbox.EventsOutbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Puts what waits in the outbox on topic {@code events}, on all in-sync replicas. Used by one thread. */
final class EventsTopic implements EventsOutbox.Publisher, AutoCloseable {
    private static final int BATCH_BYTES = 256 * 1024;

    private final KafkaSettings settings;
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    EventsTopic(KafkaSettings settings) {
        this.settings = settings;
    }

    @Override
    public synchronized void publish(List<EventsOutbox.Entry> entries) {
        List<Future<RecordMetadata>> sent = new ArrayList<>(entries.size());
        for (EventsOutbox.Entry entry : entries) {
            sent.add(producer()
                    .send(new ProducerRecord<>(
                            settings.topics().events(), entry.key().getBytes(UTF_8), entry.value())));
        }
        try {
            for (Future<RecordMetadata> record : sent) {
                record.get();
            }
        } catch (ExecutionException e) {
            throw new KafkaException("topic events did not take a record", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while publishing to topic events", e);
        }
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(2));
        }
    }

    /** Made late, as a client refuses to be made while its brokers' names do not resolve. */
    private KafkaProducer<byte[], byte[]> producer() {
        if (producer == null) {
            Map<String, Object> properties = settings.clientProperties("resentry-events");
            // Idempotence, on by default with acks=all, keeps the order of a key through retries.
            properties.put(ProducerConfig.ACKS_CONFIG, "all");
            properties.put(ProducerConfig.LINGER_MS_CONFIG, 5);
            // What is published at once is much alike: together it is far smaller than in the standard 16 KB.
            properties.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
            properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
            properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, (int)
                    settings.maxRecordSize().toBytes());
            properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
            properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
            properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
            producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        }
        return producer;
    }
}
