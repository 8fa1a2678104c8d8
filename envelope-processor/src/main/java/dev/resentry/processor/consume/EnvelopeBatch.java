package dev.resentry.processor.consume;

import dev.resentry.model.outcome.EnvelopeFate;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.storage.database.DataRefusal;
import dev.resentry.storage.ingest.BatchRecord;
import dev.resentry.storage.ingest.BatchRecord.Received;
import dev.resentry.storage.ingest.BatchResult;
import dev.resentry.storage.ingest.BatchStore;
import dev.resentry.storage.ingest.IngestedEnvelope;
import dev.resentry.storage.ingest.IngestedItem;
import dev.resentry.storage.ingest.RecordFate;
import dev.resentry.storage.ingest.SourceRecord;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Takes records from the topic to the database. When {@link #process} returns, every record is accounted for: stored, known
 * to be stored before, or kept as a dead letter. When it throws, the records have to come again; what was stored of them will
 * be known.
 *
 * <p>A batch is stored in parts, each in a transaction that notes the fates of its own records: the ledger takes them in any order, and
 * offsets move behind all of them.
 */
final class EnvelopeBatch {
    private static final Logger LOG = LoggerFactory.getLogger(EnvelopeBatch.class);

    private final RecordReader reader;
    private final BatchStore store;
    private final Writers writers;
    private final TopicIds topicIds;
    private final BatchObserver observer;
    private final int maxBatch;

    /** @param maxBatch how many records are decoded and stored at once, at most */
    EnvelopeBatch(
            RecordReader reader,
            BatchStore store,
            Writers writers,
            TopicIds topicIds,
            BatchObserver observer,
            int maxBatch) {
        this.reader = reader;
        this.store = store;
        this.writers = writers;
        this.topicIds = topicIds;
        this.observer = observer;
        this.maxBatch = maxBatch;
    }

    /** Processes records. */
    void process(List<ConsumerRecord<byte[], byte[]>> records) {
        process(new Batches(records, maxBatch, () -> true), batch -> batch);
    }

    /**
     * Processes batches, each of which is stored while the next one is decoded. When this returns, what was taken is processed.
     *
     * @param takeUp is told of each batch before it is begun, and says what of it is still to be processed
     */
    void process(Batches batches, UnaryOperator<List<ConsumerRecord<byte[], byte[]>>> takeUp) {
        var storing = new StoringBehind(batch -> writers.store(batch, this::store));
        try {
            while (batches.hasNext()) {
                reader.read(sources(takeUp.apply(batches.next())), storing::store);
            }
        } catch (RuntimeException e) {
            awaitBehind(storing, e);
            throw e;
        }
        storing.await();
    }

    private List<SourceRecord> sources(List<ConsumerRecord<byte[], byte[]>> records) {
        if (records.isEmpty()) {
            return List.of();
        }
        UUID topicId = topicIds.idOf(records.getFirst().topic());
        return records.stream()
                .map(record -> ConsumedRecord.source(record, topicId))
                .toList();
    }

    /** Nothing is being stored any more when the records come again. */
    private static void awaitBehind(StoringBehind storing, RuntimeException failure) {
        try {
            storing.await();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /** Stores a part of a batch; if the database refuses it, its halves, down to the one record that is to blame. */
    private void store(List<BatchRecord> records) {
        try {
            report(store.store(records));
        } catch (DataAccessException e) {
            if (!DataRefusal.isBehind(e)) {
                throw e;
            }
            if (records.size() > 1) {
                int middle = records.size() / 2;
                store(records.subList(0, middle));
                store(records.subList(middle, records.size()));
            } else {
                // Nothing smaller may be left to keep; then the batch is tried again until somebody mends the database.
                store(List.of(Refusal.reduced(records.getFirst(), e)));
            }
        }
    }

    private void report(BatchResult result) {
        observer.stored(result);
        for (RecordFate fate : result.fates()) {
            if (fate.fate() == EnvelopeFate.DEAD && fate.why() != null) {
                reportDead(fate, fate.why());
            }
            if (fate.fate() == EnvelopeFate.STORED
                    && fate.record() instanceof Received(SourceRecord _, IngestedEnvelope envelope)) {
                for (IngestedItem item : envelope.items()) {
                    if (item.outcome() instanceof Outcome.Dropped why
                            && why.reason().isFailure()) {
                        reportDead(fate, why);
                    }
                }
            }
        }
        LOG.atDebug()
                .addKeyValue("stored", result.count(EnvelopeFate.STORED))
                .addKeyValue("rows", result.rows())
                .log("Batch stored");
    }

    private void reportDead(RecordFate fate, Outcome.Dropped why) {
        observer.deadLetter(why.reason());
        LOG.atWarn()
                .addKeyValue("source", fate.record().source())
                .addKeyValue("reason", why.reason().wireName())
                .addKeyValue("error", why.cause())
                .log("Dead letter");
    }
}
