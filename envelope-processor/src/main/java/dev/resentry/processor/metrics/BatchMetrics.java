package dev.resentry.processor.metrics;

import dev.resentry.model.outcome.DropReason;
import dev.resentry.processor.consume.BatchObserver;
import dev.resentry.storage.ingest.BatchResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Counts batches, envelopes, what their items brought, and dead letters. What was stored, already
 * stored, of a deleted project and unreadable is together what transactions have settled.
 */
final class BatchMetrics implements BatchObserver {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30)
    };

    private final Timer batches;
    private final Counter failures;
    private final Counter stored;
    private final Counter alreadyStored;
    private final Counter ofDeletedProjects;
    private final Counter unreadable;
    private final Counter rows;
    private final Counter duplicateItems;
    private final Map<DropReason, Counter> deadLetters = new EnumMap<>(DropReason.class);

    BatchMetrics(MeterRegistry registry) {
        this.batches = Timer.builder("resentry.processor.batches")
                .description("Batches that were processed, and the time that took")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        this.failures = Counter.builder("resentry.processor.failures")
                .description("Attempts to process a batch that failed; it is tried again")
                .register(registry);
        this.stored = envelopes(registry, "stored");
        this.alreadyStored = envelopes(registry, "already_stored");
        this.ofDeletedProjects = envelopes(registry, "project_deleted");
        this.unreadable = envelopes(registry, "unreadable");
        this.rows = Counter.builder("resentry.processor.rows")
                .description("Rows that new items brought, such as events")
                .register(registry);
        this.duplicateItems = Counter.builder("resentry.processor.duplicate.items")
                .description("Items of new envelopes that were known, such as an event that was sent twice")
                .register(registry);
        for (DropReason reason : DropReason.values()) {
            deadLetters.put(
                    reason,
                    Counter.builder("resentry.processor.dead.letters")
                            .description("Records that are dead letters, again if their batch comes again")
                            .tag("reason", reason.wireName())
                            .register(registry));
        }
    }

    @Override
    public void processed(long nanos) {
        batches.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void failed() {
        failures.increment();
    }

    @Override
    public void stored(BatchResult result) {
        stored.increment(result.stored());
        alreadyStored.increment(result.alreadyStored());
        ofDeletedProjects.increment(result.ofDeletedProjects().size());
        unreadable.increment(result.unreadable());
        rows.increment(result.rows());
        duplicateItems.increment(result.duplicateItems());
    }

    @Override
    public void deadLetter(DropReason reason) {
        Counter counter = deadLetters.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }

    private static Counter envelopes(MeterRegistry registry, String result) {
        return Counter.builder("resentry.processor.envelopes")
                .description("Envelopes by what a transaction made of them")
                .tag("result", result)
                .register(registry);
    }
}
