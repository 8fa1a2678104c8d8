package dev.resentry.processor.consume;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.wire.EnvelopeRecord;
import dev.resentry.processor.ProcessorSettings;
import dev.resentry.processor.consume.Backlog.Behind;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.work.BackgroundWork;
import dev.resentry.service.work.Backoff;
import dev.resentry.service.work.RetryingWorker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a project that floods from delaying the others. While the consumers of this process are behind, a second reader runs ahead of
 * them through the same partitions and processes the records of projects that send little; what it leaves, the consumers come
 * to in order. It holds no more than a fetch and a bit for each record that it has passed, however long the backlog is. What it has
 * processed, the consumers leave out; after a restart they find it stored.
 */
final class ExpressLane extends BackgroundWork {
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration POLL = Duration.ofMillis(200);

    /** A transaction for each of the few records that a fetch has would make the reader slower than a flood. */
    private static final Duration GATHER = Duration.ofMillis(500);

    /** After so many bytes of admitted records no more are read before they are processed. */
    private static final long MAX_BYTES = 8L * 1024 * 1024;

    private static final Duration BEHIND_BY = Duration.ofSeconds(2);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private final EnvelopeConsumers consumers;
    private final EnvelopeBatch batch;
    private final Backlog backlog;
    private final KafkaSettings kafka;
    private final ProcessorSettings settings;

    ExpressLane(
            EnvelopeConsumers consumers,
            EnvelopeBatch batch,
            Backlog backlog,
            KafkaSettings kafka,
            ProcessorSettings settings) {
        super(STOP_WITHIN);
        this.consumers = consumers;
        this.batch = batch;
        this.backlog = backlog;
        this.kafka = kafka;
        this.settings = settings;
    }

    @Override
    protected RetryingWorker newWorker() {
        return new RetryingWorker(
                "express-lane",
                "Projects that send little wait behind the others",
                LOOK_EVERY,
                Backoff.fixed(Duration.ofSeconds(1)),
                new ReadingAhead());
    }

    private final class ReadingAhead implements RetryingWorker.Task {
        private final FairShare share = new FairShare();
        private long generation;
        private @Nullable KafkaConsumer<byte[], byte[]> reader;

        @Override
        public void run() {
            Behind behind = behind();
            while (isRunning() && !behind.isEmpty()) {
                List<ConsumerRecord<byte[], byte[]>> admitted = readOn(follow(behind), behind);
                admitted.removeIf(backlog::isTaken);
                if (!admitted.isEmpty()) {
                    batch.process(admitted);
                    backlog.processedAhead(behind.generation(), admitted);
                }
                behind = behind();
            }
            finish();
        }

        /** Reads until there is a batch of records that are admitted, or one must not wait any longer, or there are no more. */
        private List<ConsumerRecord<byte[], byte[]>> readOn(KafkaConsumer<byte[], byte[]> current, Behind behind) {
            List<ConsumerRecord<byte[], byte[]>> admitted = new ArrayList<>();
            long bytes = 0;
            long end = System.nanoTime() + GATHER.toNanos();
            boolean more = true;
            while (more) {
                ConsumerRecords<byte[], byte[]> records = current.poll(POLL);
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    if (isAdmitted(record) && !backlog.isTaken(record)) {
                        admitted.add(record);
                        bytes += record.serializedValueSize();
                    }
                }
                for (TopicPartition partition : behind.offsets().keySet()) {
                    if (records.records(partition).isEmpty()) {
                        backlog.noteEnd(partition, current.position(partition));
                    }
                }
                more = !records.isEmpty()
                        && admitted.size() < settings.maxBatch()
                        && bytes < MAX_BYTES
                        && System.nanoTime() < end;
            }
            return admitted;
        }

        @Override
        public void finish() {
            share.clear();
            if (reader != null) {
                reader.close();
                reader = null;
            }
        }

        /** Reads the partitions that are behind, never from before what their consumers have taken up. */
        private KafkaConsumer<byte[], byte[]> follow(Behind behind) {
            if (generation != behind.generation()) {
                // What it has fetched may be of a topic that is gone.
                finish();
                generation = behind.generation();
            }
            KafkaConsumer<byte[], byte[]> current = reader;
            if (current == null) {
                current = open();
                reader = current;
            }
            Set<TopicPartition> before = current.assignment();
            if (!before.equals(behind.offsets().keySet())) {
                current.assign(behind.offsets().keySet());
            }
            for (Map.Entry<TopicPartition, Long> partition : behind.offsets().entrySet()) {
                if (!before.contains(partition.getKey())
                        || current.position(partition.getKey()) < partition.getValue()) {
                    current.seek(partition.getKey(), partition.getValue());
                }
            }
            return current;
        }

        private boolean isAdmitted(ConsumerRecord<byte[], byte[]> record) {
            byte[] project = ConsumedRecord.lastHeader(record, EnvelopeRecord.PROJECT_ID);
            if (project == null) {
                return false;
            }
            try {
                return share.admits(Long.parseLong(new String(project, UTF_8)));
            } catch (NumberFormatException _) {
                return false;
            }
        }
    }

    private Behind behind() {
        return backlog.behind(consumers.assignedPartitions(), BEHIND_BY, System.currentTimeMillis());
    }

    private KafkaConsumer<byte[], byte[]> open() {
        Map<String, Object> properties = kafka.clientProperties("resentry-express-lane");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.maxBatch());
        properties.put(
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG, (int) settings.maxFetch().toBytes());
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
