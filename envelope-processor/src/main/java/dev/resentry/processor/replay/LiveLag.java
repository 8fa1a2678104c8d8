package dev.resentry.processor.replay;

import dev.resentry.service.topic.KafkaSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Asks the broker how far all processors together are behind the ends of topic {@code envelopes}. */
final class LiveLag implements AutoCloseable {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

    private final KafkaSettings kafka;
    private @Nullable Admin admin;

    LiveLag(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    /**
     * How many records are not processed yet, of the partitions of which some are.
     *
     * @throws KafkaException if the broker does not say
     */
    synchronized long records() {
        try {
            Admin current = admin == null ? Admin.create(kafka.clientProperties("resentry-live-lag")) : admin;
            admin = current;
            Map<TopicPartition, OffsetAndMetadata> committed = await(
                    current.listConsumerGroupOffsets(kafka.processorGroup()).partitionsToOffsetAndMetadata());
            Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
            committed.forEach((partition, done) -> {
                if (done != null) {
                    wanted.put(partition, OffsetSpec.latest());
                }
            });
            long lag = 0;
            for (var end : await(current.listOffsets(wanted).all()).entrySet()) {
                OffsetAndMetadata done = committed.get(end.getKey());
                lag += done == null ? 0 : Math.max(0, end.getValue().offset() - done.offset());
            }
            return lag;
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("the lag of the processors is not known", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while asking for the lag", e);
        }
    }

    private static <T> T await(KafkaFuture<T> future)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
