package dev.resentry.processor.consume;

import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.model.outcome.DropReason;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.model.wire.EnvelopeRecord;
import dev.resentry.processor.item.EnvelopePipeline;
import dev.resentry.storage.ingest.BatchRecord;
import dev.resentry.storage.ingest.BatchRecord.Received;
import dev.resentry.storage.ingest.BatchRecord.Unreadable;
import dev.resentry.storage.ingest.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Makes of records what is to be stored of them, on several threads, in batches that one transaction takes. */
public final class RecordReader {
    /** How many records are decoded ahead; their decoded bodies are in memory only while they are read. */
    private static final int WINDOW = 16;

    /** What a transaction brings at most, in bytes of bodies and characters of events, unless one envelope alone is more. */
    private static final long MAX_WEIGHT = 32L * 1024 * 1024;

    private final EnvelopePipeline pipeline;
    private final ExecutorService decoders;

    RecordReader(EnvelopePipeline pipeline, ExecutorService decoders) {
        this.pipeline = pipeline;
        this.decoders = decoders;
    }

    /** Hands on all records in their order, on the thread of the caller. */
    public void read(List<SourceRecord> records, Consumer<List<BatchRecord>> store) {
        List<BatchRecord> ready = new ArrayList<>();
        long weight = 0;
        for (int from = 0; from < records.size(); from += WINDOW) {
            for (BatchRecord record : window(records.subList(from, Math.min(from + WINDOW, records.size())))) {
                if (weight + record.weight() > MAX_WEIGHT && !ready.isEmpty()) {
                    store.accept(List.copyOf(ready));
                    ready.clear();
                    weight = 0;
                }
                ready.add(record);
                weight += record.weight();
            }
        }
        if (!ready.isEmpty()) {
            store.accept(ready);
        }
    }

    private List<BatchRecord> window(List<SourceRecord> records) {
        List<Future<BatchRecord>> tasks = records.stream()
                .map(record -> decoders.submit(() -> read(record)))
                .toList();
        return tasks.stream().map(RecordReader::await).toList();
    }

    /** Never fails for what is in the record. */
    public BatchRecord read(SourceRecord source) {
        return switch (EnvelopeRecord.read(source::lastHeader, source.value())) {
            case EnvelopeRecord.Unreadable(String cause) ->
                new Unreadable(source, new Outcome.Dropped(DropReason.INVALID_RECORD, cause));
            case EnvelopeRecord.Received(RawEnvelope raw) -> new Received(source, pipeline.process(raw));
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
}
