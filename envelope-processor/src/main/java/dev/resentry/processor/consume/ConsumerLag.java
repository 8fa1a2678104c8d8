package dev.resentry.processor.consume;

import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.work.Backoff;
import dev.resentry.service.work.RetryingWorker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Measures how many records of each partition of this process are not processed yet: what lies between the committed offset and
 * the end. The broker is asked for both, as a consumer that is held up by the database does not see the end move. There is no
 * number for partitions of other processes, and none while Kafka does not answer.
 */
final class ConsumerLag implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(1);

    private final KafkaSettings kafka;
    private final EnvelopeConsumers consumers;
    private final MultiGauge gauge;
    private final RetryingWorker worker;

    ConsumerLag(KafkaSettings kafka, EnvelopeConsumers consumers, MeterRegistry registry) {
        this.kafka = kafka;
        this.consumers = consumers;
        this.gauge = MultiGauge.builder("resentry.processor.lag")
                .description("Records of a partition that are not processed yet")
                .baseUnit("records")
                .register(registry);
        this.worker = new RetryingWorker(
                "consumer-lag", "The lag of the consumers is not known", EVERY, Backoff.fixed(EVERY), new Measuring());
        worker.start();
    }

    @Override
    public void close() {
        worker.stop(STOP_WITHIN);
    }

    private final class Measuring implements RetryingWorker.Task {
        private @Nullable Admin admin;

        @Override
        public void run() throws Exception {
            List<MultiGauge.Row<?>> rows = new ArrayList<>();
            try {
                Set<TopicPartition> partitions = consumers.assignedPartitions();
                if (!partitions.isEmpty()) {
                    admin = admin == null ? Admin.create(kafka.clientProperties("resentry-consumer-lag")) : admin;
                    lags(admin, partitions)
                            .forEach((partition, lag) -> rows.add(MultiGauge.Row.of(
                                    Tags.of("partition", Integer.toString(partition.partition())), lag)));
                }
            } finally {
                gauge.register(rows, true);
            }
        }

        @Override
        public void finish() {
            if (admin != null) {
                admin.close(Duration.ZERO);
            }
        }
    }

    private Map<TopicPartition, Long> lags(Admin admin, Set<TopicPartition> partitions)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetAndMetadata> committed =
                await(admin.listConsumerGroupOffsets(kafka.processorGroup()).partitionsToOffsetAndMetadata());
        Map<TopicPartition, ListOffsetsResultInfo> begins = offsets(admin, partitions, OffsetSpec.earliest());
        Map<TopicPartition, Long> lags = new HashMap<>();
        offsets(admin, partitions, OffsetSpec.latest()).forEach((partition, end) -> {
            OffsetAndMetadata done = committed.get(partition);
            ListOffsetsResultInfo begin = begins.get(partition);
            long next = Math.max(done == null ? 0 : done.offset(), begin == null ? 0 : begin.offset());
            lags.put(partition, Math.max(0, end.offset() - next));
        });
        return lags;
    }

    private static Map<TopicPartition, ListOffsetsResultInfo> offsets(
            Admin admin, Set<TopicPartition> partitions, OffsetSpec which)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        partitions.forEach(partition -> wanted.put(partition, which));
        return await(admin.listOffsets(wanted).all());
    }

    private static <T> T await(KafkaFuture<T> future)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    }
}
