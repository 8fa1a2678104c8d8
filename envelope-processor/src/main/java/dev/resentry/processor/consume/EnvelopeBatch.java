package dev.resentry.processor.consume;

import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.model.outcome.DropReason;
import dev.resentry.model.outcome.EnvelopeFate;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.model.wire.EnvelopeRecord;
import dev.resentry.processor.item.EnvelopePipeline;
import dev.resentry.storage.ingest.BatchRecord;
import dev.resentry.storage.ingest.BatchRecord.Received;
import dev.resentry.storage.ingest.BatchRecord.Unreadable;
import dev.resentry.storage.ingest.BatchResult;
import dev.resentry.storage.ingest.BatchStore;
import dev.resentry.storage.ingest.IngestedEnvelope;
import dev.resentry.storage.ingest.RecordFate;
import dev.resentry.storage.ingest.SourceRecord;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Takes records from the topic to the database. When {@link #process} returns, every record is accounted for: stored, known
 * to be stored before, or kept as a dead letter. When it throws, the records have to come again; what was stored of them will
 * be known.
 */
final class EnvelopeBatch {
    private static final Logger LOG = LoggerFactory.getLogger(EnvelopeBatch.class);

    /** How many records are decoded ahead; their decoded bodies are in memory only while they are read. */
    private static final int WINDOW = 16;

    /** What a transaction brings at most, in bytes of bodies and characters of events, unless one envelope alone is more. */
    private static final long MAX_WEIGHT = 32L * 1024 * 1024;

    private static final List<String> DATA_STATES = List.of("21", "22", "23", "54", "XX");

    private final EnvelopePipeline pipeline;
    private final BatchStore store;
    private final ExecutorService decoders;
    private final TopicIds topicIds;
    private final BatchObserver observer;

    EnvelopeBatch(
            EnvelopePipeline pipeline,
            BatchStore store,
            ExecutorService decoders,
            TopicIds topicIds,
            BatchObserver observer) {
        this.pipeline = pipeline;
        this.store = store;
        this.decoders = decoders;
        this.topicIds = topicIds;
        this.observer = observer;
    }

    void process(List<ConsumerRecord<byte[], byte[]>> records) {
        List<BatchRecord> ready = new ArrayList<>();
        long weight = 0;
        for (int from = 0; from < records.size(); from += WINDOW) {
            for (BatchRecord record : read(records.subList(from, Math.min(from + WINDOW, records.size())))) {
                if (weight + record.weight() > MAX_WEIGHT && !ready.isEmpty()) {
                    store(ready);
                    ready.clear();
                    weight = 0;
                }
                ready.add(record);
                weight += record.weight();
            }
        }
        if (!ready.isEmpty()) {
            store(ready);
        }
    }

    private List<BatchRecord> read(List<ConsumerRecord<byte[], byte[]>> records) {
        UUID topicId = topicIds.idOf(records.getFirst().topic());
        List<Future<BatchRecord>> tasks = records.stream()
                .map(record -> decoders.submit(() -> read(record, topicId)))
                .toList();
        return tasks.stream().map(EnvelopeBatch::await).toList();
    }

    private BatchRecord read(ConsumerRecord<byte[], byte[]> record, UUID topicId) {
        SourceRecord source = ConsumedRecord.source(record, topicId);
        return switch (EnvelopeRecord.read(name -> ConsumedRecord.lastHeader(record, name), record.value())) {
            case EnvelopeRecord.Unreadable(String cause) ->
                new Unreadable(source, new Outcome.Dropped(DropReason.INVALID_RECORD, cause));
            case EnvelopeRecord.Received(RawEnvelope raw) -> new Received(source, processed(raw));
        };
    }

    private static BatchRecord await(Future<BatchRecord> task) {
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an envelope could not be read", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading a batch", e);
        }
    }

    /** A fault of our own code in one envelope must not stop the partition: it is a dead letter like any other. */
    private IngestedEnvelope processed(RawEnvelope raw) {
        try {
            return pipeline.process(raw);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.atError()
                    .addKeyValue("envelopeId", raw.receipt().id())
                    .setCause(e)
                    .log("An envelope could not be processed");
            return IngestedEnvelope.dropped(raw, new Outcome.Dropped(DropReason.INTERNAL, String.valueOf(e)));
        }
    }

    /** Stores a batch; if the database refuses it, its halves, down to the one record that is to blame. */
    private void store(List<BatchRecord> records) {
        try {
            report(store.store(records));
        } catch (DataAccessException e) {
            if (!isAboutTheData(e)) {
                throw e;
            }
            if (records.size() > 1) {
                int middle = records.size() / 2;
                store(records.subList(0, middle));
                store(records.subList(middle, records.size()));
            } else {
                store(List.of(reduced(records.getFirst(), e)));
            }
        }
    }

    /**
     * What is left to try of a record that the database refuses alone: its raw envelope with the reason why nothing was made of
     * it, then the record itself.
     */
    private static BatchRecord reduced(BatchRecord refused, DataAccessException refusal) {
        var why = new Outcome.Dropped(DropReason.REFUSED_BY_DATABASE, String.valueOf(refusal.getMessage()));
        return switch (refused) {
            case Received(SourceRecord source, IngestedEnvelope envelope)
            when !(envelope.outcome() instanceof Outcome.Dropped) ->
                new Received(source, IngestedEnvelope.dropped(envelope.raw(), why));
            case Received(SourceRecord source, IngestedEnvelope _) -> new Unreadable(source, why);
            // There is nothing smaller to keep; the batch is tried again until somebody mends the database.
            case Unreadable _ -> throw refusal;
        };
    }

    private void report(BatchResult result) {
        observer.stored(result);
        for (RecordFate fate : result.fates()) {
            Outcome.Dropped why = fate.why();
            if (fate.fate() == EnvelopeFate.DEAD && why != null) {
                observer.deadLetter(why.reason());
                LOG.atWarn()
                        .addKeyValue("source", fate.record().source())
                        .addKeyValue("reason", why.reason().wireName())
                        .addKeyValue("error", why.cause())
                        .log("Dead letter");
            }
        }
        LOG.atDebug()
                .addKeyValue("stored", result.count(EnvelopeFate.STORED))
                .addKeyValue("rows", result.rows())
                .log("Batch stored");
    }

    /**
     * Whether the same data would be refused again: a value, a constraint or a limit of the database (SQLSTATE classes 21, 22,
     * 23 and 54), or an internal error (XX), which a batch without the one odd row may escape. Everything else is about the
     * database and is tried again for as long as it takes.
     */
    private static boolean isAboutTheData(DataAccessException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return DATA_STATES.stream().anyMatch(sql.getSQLState()::startsWith);
            }
        }
        return false;
    }
}
