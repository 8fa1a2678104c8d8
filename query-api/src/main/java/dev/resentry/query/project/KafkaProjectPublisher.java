package dev.resentry.query.project;

import dev.resentry.model.project.ProjectConfig;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.wire.ProjectRecord;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.storage.project.ProjectOutbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Publishes projects on topic {@code projects}, on all in-sync replicas. Used by one thread. */
final class KafkaProjectPublisher implements ProjectOutbox.Publisher, AutoCloseable {
    private static final Duration BLOCK_WITHIN = Duration.ofSeconds(5);

    /** Behind the deadline, one more record may still wait for as long as it may block. */
    private static final Duration GIVE_UP_AFTER = WITHIN.minus(BLOCK_WITHIN);

    private final KafkaSettings settings;
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    KafkaProjectPublisher(KafkaSettings settings) {
        this.settings = settings;
    }

    @Override
    public synchronized void publish(Map<ProjectId, Optional<ProjectConfig>> projects) {
        long deadline = System.nanoTime() + GIVE_UP_AFTER.toNanos();
        boolean kept = false;
        try {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (var project : projects.entrySet()) {
                if (System.nanoTime() > deadline) {
                    throw new TimeoutException();
                }
                sent.add(producer()
                        .send(new ProducerRecord<>(
                                settings.topics().projects(),
                                ProjectRecord.key(project.getKey()),
                                project.getValue().map(ProjectRecord::value).orElse(null))));
            }
            for (Future<RecordMetadata> record : sent) {
                record.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
            kept = true;
        } catch (ExecutionException e) {
            throw new KafkaException("a project could not be published", e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException("projects could not be published within " + GIVE_UP_AFTER, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while publishing projects", e);
        } finally {
            if (!kept) {
                abandon();
            }
        }
    }

    /** What is still on its way would be published after the turn has ended, and could overtake a newer state. */
    private void abandon() {
        KafkaProducer<byte[], byte[]> abandoned = producer;
        producer = null;
        if (abandoned != null) {
            boolean interrupted = Thread.interrupted();
            abandoned.close(Duration.ZERO);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
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
            Map<String, Object> properties = settings.clientProperties("resentry-projects");
            properties.put(ProducerConfig.ACKS_CONFIG, "all");
            properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_WITHIN.toMillis());
            properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
            properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
            producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        }
        return producer;
    }
}
