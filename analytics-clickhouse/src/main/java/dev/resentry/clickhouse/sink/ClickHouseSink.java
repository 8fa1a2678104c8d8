package dev.resentry.clickhouse.sink;

import dev.resentry.clickhouse.schema.ClickHouseSchema;
import dev.resentry.model.wire.ProcessedRecordJson;
import dev.resentry.service.kafka.ReadFrom;
import dev.resentry.service.kafka.RecordHandler;
import dev.resentry.service.kafka.TopicListener;
import dev.resentry.service.kafka.TopicReader;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads topic {@code events} for the copy, in a group with all other processors. Records are committed once what they tell of is in
 * ClickHouse; while that is away they come again and again, and nothing else waits.
 */
final class ClickHouseSink extends TopicListener {
    private static final Logger LOG = LoggerFactory.getLogger(ClickHouseSink.class);

    /** ClickHouse likes few large batches better than many small ones. */
    private static final Duration GAP = Duration.ofMillis(500);

    private static final int RECORDS = 5_000;
    private static final Duration SWEEP_EVERY = Duration.ofHours(1);

    /** While another process writes. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private static final Duration GIVE_UP = Duration.ofSeconds(60);

    private final KafkaSettings kafka;
    private final TopicProvisioner topics;
    private final String database;
    private final ClickHouseSchema schema;
    private final ClickHouseCopy copy;
    private final CopyProgress progress;
    private final InstantSource clock;

    ClickHouseSink(
            KafkaSettings kafka,
            TopicProvisioner topics,
            String database,
            ClickHouseSchema schema,
            ClickHouseCopy copy,
            CopyProgress progress,
            InstantSource clock) {
        this.kafka = kafka;
        this.topics = topics;
        this.database = database;
        this.schema = schema;
        this.copy = copy;
        this.progress = progress;
        this.clock = clock;
    }

    @Override
    protected TopicReader newReader() {
        return new TopicReader(
                "clickhouse",
                kafka,
                topics,
                kafka.topics().events(),
                // Another database has nothing yet, and begins with what the topic has.
                new ReadFrom.CommittedOffset(kafka.topicPrefix() + "clickhouse-" + database),
                new Copying(),
                RECORDS);
    }

    private final class Copying implements RecordHandler {
        private CopyBatch batch = new CopyBatch();
        private boolean made;
        private @Nullable Instant swept;
        private Instant written = Instant.EPOCH;

        @Override
        public void handle(ConsumerRecord<byte[], byte[]> record, boolean replayed) {
            try {
                ProcessedRecordJson.read(record.value()).ifPresent(batch::add);
            } catch (IllegalArgumentException e) {
                LOG.atError()
                        .addKeyValue("partition", record.partition())
                        .addKeyValue("offset", record.offset())
                        .addKeyValue("error", e.getMessage())
                        .log("A record of topic events cannot be read and is not copied to ClickHouse");
            }
        }

        /** What was read and not written comes again. */
        @Override
        public void partitionsChanged() {
            batch = new CopyBatch();
        }

        @Override
        public boolean waits() {
            return !made;
        }

        /** If it throws, the records come again. */
        @Override
        public void polled() {
            CopyBatch waiting = batch;
            batch = new CopyBatch();
            progress.waits(waiting.oldest());
            try {
                if (!made) {
                    schema.make();
                    made = true;
                }
                if (!waiting.isEmpty()) {
                    write(waiting);
                }
                sweep();
                progress.succeeded();
            } catch (RuntimeException e) {
                progress.failed(e);
                throw e;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("stopped before a batch was in ClickHouse", e);
            }
        }

        private void write(CopyBatch waiting) throws InterruptedException {
            Duration since = Duration.between(written, clock.instant());
            if (since.compareTo(GAP) < 0 && !since.isNegative()) {
                Thread.sleep(GAP.minus(since));
            }
            Instant begin = clock.instant();
            long rows = copy.write(waiting);
            while (rows < 0) {
                if (Duration.between(begin, clock.instant()).compareTo(GIVE_UP) > 0) {
                    throw new IllegalStateException("another process has been writing to ClickHouse for a minute");
                }
                Thread.sleep(LOOK_AGAIN);
                rows = copy.write(waiting);
            }
            written = clock.instant();
            progress.wrote(rows, Duration.between(begin, written));
        }

        private void sweep() {
            Instant now = clock.instant();
            if (swept == null || now.isAfter(swept.plus(SWEEP_EVERY))) {
                swept = now;
                int projects = copy.removeDeletedProjects();
                if (projects > 0) {
                    LOG.atInfo().addKeyValue("projects", projects).log("Deleted projects are removed from ClickHouse");
                }
            }
        }
    }
}
