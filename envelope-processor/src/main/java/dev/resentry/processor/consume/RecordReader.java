package dev.resentry.processor.consume;

import dev.resentry.model.outcome.DropReason;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.model.wire.EnvelopeRecord;
import dev.resentry.processor.item.EnvelopePipeline;
import dev.resentry.storage.ingest.BatchRecord;
import dev.resentry.storage.ingest.BatchRecord.Received;
import dev.resentry.storage.ingest.BatchRecord.Unreadable;
import dev.resentry.storage.ingest.SourceRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.springframework.dao.DataAccessException;

/**
 * Makes of records what is to be stored of them, on several threads, in batches that one transaction takes. A record that is large, or
 * becomes so when it is decoded, is processed alone and is a batch of its own: of those there is one in a process, whoever reads it.
 */
public final class RecordReader {
    /** How many records a thread decodes in one go: to hand each of them to and fro takes as long as a tenth of the decoding. */
    private static final int SLICE = 4;

    /** How many slices are decoded ahead. */
    private static final int SLICES = 4;

    /** How large a body may be that is decoded beside others, in bytes and undone, and half of what may be made of it. */
    static final int SMALL = 1024 * 1024;

    /** What a transaction brings at most, in bytes of bodies and characters of events, unless one envelope alone is more. */
    private static final long MAX_WEIGHT = 16L * 1024 * 1024;

    private final EnvelopePipeline pipeline;
    private final ExecutorService decoders;

    /** In turn: the few that have a large record do not wait for ever for one that has many. */
    private final Lock large = new ReentrantLock(true);

    RecordReader(EnvelopePipeline pipeline, ExecutorService decoders) {
        this.pipeline = pipeline;
        this.decoders = decoders;
    }

    /**
     * Hands on all records in their order, on the thread of the caller. Never fails for what is in a record.
     *
     * @throws DataAccessException if what it takes to process one cannot be read from the database now; no later one is handed on
     */
    public void read(List<SourceRecord> records, Consumer<List<BatchRecord>> store) {
        var batch = new Gathered(store);
        Queue<Slice> ahead = new ArrayDeque<>();
        for (int from = 0; from < records.size() || !ahead.isEmpty(); ) {
            while (from < records.size() && ahead.size() < SLICES) {
                int to = Math.min(from + SLICE, records.size());
                ahead.add(slice(records.subList(from, to)));
                from = to;
            }
            Slice slice = ahead.remove();
            List<Optional<BatchRecord>> small = await(slice.task());
            for (int i = 0; i < small.size(); i++) {
                if (small.get(i).isPresent()) {
                    batch.add(small.get(i).get());
                } else {
                    batch.store();
                    readLarge(slice.records().get(i), store);
                }
            }
        }
        batch.store();
    }

    /** Records that one task decodes. */
    private record Slice(List<SourceRecord> records, Future<List<Optional<BatchRecord>>> task) {}

    private Slice slice(List<SourceRecord> records) {
        return new Slice(
                records,
                decoders.submit(() -> records.stream().map(this::readSmall).toList()));
    }

    private Optional<BatchRecord> readSmall(SourceRecord source) {
        return switch (EnvelopeRecord.read(source::lastHeader, source.value())) {
            case EnvelopeRecord.Unreadable(String cause) -> Optional.of(unreadable(source, cause));
            case EnvelopeRecord.Received(var raw) ->
                pipeline.processWithin(raw, SMALL)
                        .<BatchRecord>map(envelope -> new Received(source, envelope))
                        .filter(record -> record.weight() <= 2 * SMALL);
        };
    }

    private void readLarge(SourceRecord source, Consumer<List<BatchRecord>> store) {
        try {
            large.lockInterruptibly();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        try {
            store.accept(List.of(read(source)));
        } finally {
            large.unlock();
        }
    }

    private BatchRecord read(SourceRecord source) {
        return switch (EnvelopeRecord.read(source::lastHeader, source.value())) {
            case EnvelopeRecord.Unreadable(String cause) -> unreadable(source, cause);
            case EnvelopeRecord.Received(var raw) -> new Received(source, pipeline.process(raw));
        };
    }

    private static Unreadable unreadable(SourceRecord source, String cause) {
        return new Unreadable(source, new Outcome.Dropped(DropReason.INVALID_RECORD, cause));
    }

    private static <T> T await(Future<T> task) {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DataAccessException fault) {
                throw fault;
            }
            throw new IllegalStateException("an envelope could not be read", e.getCause());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while reading a batch", e);
    }

    /** What is read and not handed on yet. */
    private static final class Gathered {
        private final Consumer<List<BatchRecord>> store;
        private List<BatchRecord> records = new ArrayList<>();
        private long weight;

        Gathered(Consumer<List<BatchRecord>> store) {
            this.store = store;
        }

        void add(BatchRecord record) {
            if (weight + record.weight() > MAX_WEIGHT) {
                store();
            }
            records.add(record);
            weight += record.weight();
        }

        void store() {
            if (!records.isEmpty()) {
                List<BatchRecord> batch = records;
                records = new ArrayList<>();
                weight = 0;
                store.accept(batch);
            }
        }
    }
}
