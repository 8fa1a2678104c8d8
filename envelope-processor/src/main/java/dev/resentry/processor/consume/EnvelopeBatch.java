package dev.resentry.processor.consume;

import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.model.outcome.DropReason;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.model.wire.EnvelopeRecord;
import dev.resentry.processor.EnvelopePipeline;
import dev.resentry.processor.deadletter.DeadLetters;
import dev.resentry.storage.ingest.BatchResult;
import dev.resentry.storage.ingest.BatchStore;
import dev.resentry.storage.ingest.IngestedEnvelope;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Takes records from the topic to the database. When {@link #process} returns, every record is accounted for: stored, known
 * to be stored before, or kept as a dead letter. When it throws, the records have to come again; what was stored of them will
 * be known.
 */
public final class EnvelopeBatch {
    private static final Logger LOG = LoggerFactory.getLogger(EnvelopeBatch.class);

    /** How many records are decoded ahead; their decoded bodies are in memory only while they are read. */
    private static final int WINDOW = 16;

    /** What a transaction brings at most, in bytes of bodies and characters of events, unless one envelope alone is more. */
    private static final long MAX_WEIGHT = 32L * 1024 * 1024;

    private static final List<String> DATA_STATES = List.of("21", "22", "23", "54", "XX");

    private final EnvelopePipeline pipeline;
    private final BatchStore store;
    private final DeadLetters deadLetters;
    private final ExecutorService decoders;

    public EnvelopeBatch(
            EnvelopePipeline pipeline, BatchStore store, DeadLetters deadLetters, ExecutorService decoders) {
        this.pipeline = pipeline;
        this.store = store;
        this.deadLetters = deadLetters;
        this.decoders = decoders;
    }

    public void process(List<ConsumerRecord<byte[], byte[]>> records) {
        List<Processed> ready = new ArrayList<>();
        long weight = 0;
        for (int from = 0; from < records.size(); from += WINDOW) {
            for (Reading reading : read(records.subList(from, Math.min(from + WINDOW, records.size())))) {
                switch (reading) {
                    case Unreadable(var record, Outcome.Dropped why) -> deadLetters.add(record, why);
                    case Processed understood -> {
                        if (weight + understood.envelope().weight() > MAX_WEIGHT && !ready.isEmpty()) {
                            storeAll(ready);
                            ready.clear();
                            weight = 0;
                        }
                        ready.add(understood);
                        weight += understood.envelope().weight();
                    }
                }
            }
        }
        storeAll(ready);
        deadLetters.flush();
    }

    private sealed interface Reading {}

    private record Processed(ConsumerRecord<byte[], byte[]> record, IngestedEnvelope envelope) implements Reading {}

    private record Unreadable(ConsumerRecord<byte[], byte[]> record, Outcome.Dropped why) implements Reading {}

    private List<Reading> read(List<ConsumerRecord<byte[], byte[]>> records) {
        List<Future<Reading>> tasks = records.stream()
                .map(record -> decoders.submit(() -> read(record)))
                .toList();
        return tasks.stream().map(EnvelopeBatch::await).toList();
    }

    private Reading read(ConsumerRecord<byte[], byte[]> record) {
        return switch (EnvelopeRecord.read(name -> lastHeader(record, name), record.value())) {
            case EnvelopeRecord.Unreadable(String cause) ->
                new Unreadable(record, new Outcome.Dropped(DropReason.INVALID_RECORD, cause));
            case EnvelopeRecord.Received(RawEnvelope raw) -> new Processed(record, understood(raw));
        };
    }

    private static byte @Nullable [] lastHeader(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : header.value();
    }

    private static Reading await(Future<Reading> task) {
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
    private IngestedEnvelope understood(RawEnvelope raw) {
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

    private void storeAll(List<Processed> deliveries) {
        if (deliveries.isEmpty()) {
            return;
        }
        for (Processed delivery : deliveries) {
            if (delivery.envelope().outcome() instanceof Outcome.Dropped why) {
                deadLetters.add(delivery.record(), why);
            }
        }
        // Before the commit: a crash in between repeats a dead letter, the other order would lose it.
        deadLetters.flush();
        store(deliveries);
    }

    /** Stores a batch; if the database refuses it, its halves, down to the one envelope that is to blame. */
    private void store(List<Processed> deliveries) {
        try {
            BatchResult result =
                    store.store(deliveries.stream().map(Processed::envelope).toList());
            result.ofDeletedProjects()
                    .forEach(id -> deliveries.stream()
                            .filter(delivery ->
                                    delivery.envelope().raw().receipt().id().equals(id))
                            .forEach(delivery -> deadLetters.add(
                                    delivery.record(),
                                    new Outcome.Dropped(DropReason.PROJECT_DELETED, "the project is deleted"))));
            LOG.atDebug()
                    .addKeyValue("stored", result.stored())
                    .addKeyValue("alreadyStored", result.alreadyStored())
                    .addKeyValue("events", result.events())
                    .log("Batch stored");
        } catch (DataAccessException e) {
            if (!isAboutTheData(e)) {
                throw e;
            }
            if (deliveries.size() > 1) {
                int middle = deliveries.size() / 2;
                store(deliveries.subList(0, middle));
                store(deliveries.subList(middle, deliveries.size()));
            } else {
                giveUp(deliveries.getFirst(), e);
            }
        }
    }

    /** Keeps at least the raw envelope, with the reason why nothing was made of it. */
    private void giveUp(Processed delivery, RuntimeException refusal) {
        var why = new Outcome.Dropped(DropReason.REFUSED_BY_DATABASE, String.valueOf(refusal.getMessage()));
        deadLetters.add(delivery.record(), why);
        deadLetters.flush();
        if (!(delivery.envelope().outcome() instanceof Outcome.Dropped)) {
            store.store(List.of(IngestedEnvelope.dropped(delivery.envelope().raw(), why)));
        }
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
