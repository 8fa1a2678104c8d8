package dev.resentry.processor.deadletter;

import dev.resentry.model.outcome.Outcome;
import dev.resentry.model.wire.DeadLetter;
import dev.resentry.service.topic.KafkaSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps dead letters on a topic of their own, on all in-sync replicas. Records handed over belong to the thread that did:
 * several consumers share one producer and wait for their own letters only.
 */
public final class KafkaDeadLetters implements DeadLetters, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaDeadLetters.class);

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final Clock clock;
    private final ThreadLocal<List<Future<RecordMetadata>>> pending = ThreadLocal.withInitial(ArrayList::new);

    public KafkaDeadLetters(KafkaSettings settings, Clock clock) {
        Map<String, Object> properties = settings.clientProperties("resentry-dead-letters");
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, (int)
                settings.maxRecordSize().toBytes());
        this.producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        this.topic = settings.topics().deadLetters();
        this.clock = clock;
    }

    @Override
    public void add(ConsumerRecord<byte[], byte[]> record, Outcome.Dropped why) {
        String source = "%s/%d/%d".formatted(record.topic(), record.partition(), record.offset());
        var dead = new ProducerRecord<>(topic, null, record.key(), record.value(), record.headers());
        new DeadLetter(why.reason(), why.cause(), clock.instant(), source)
                .headers()
                .forEach((name, value) -> dead.headers().remove(name).add(name, value));
        pending.get().add(producer.send(dead));
        LOG.atWarn()
                .addKeyValue("source", source)
                .addKeyValue("reason", why.reason().wireName())
                .addKeyValue("error", why.cause())
                .log("Dead letter");
    }

    @Override
    public void flush() {
        List<Future<RecordMetadata>> sent = pending.get();
        pending.remove();
        try {
            for (Future<RecordMetadata> letter : sent) {
                letter.get();
            }
        } catch (ExecutionException e) {
            throw new KafkaException("a dead letter could not be kept", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while keeping a dead letter", e);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
