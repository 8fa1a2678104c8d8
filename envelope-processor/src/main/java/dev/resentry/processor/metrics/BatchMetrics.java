package dev.resentry.processor.metrics;

import dev.resentry.model.outcome.DropReason;
import dev.resentry.model.outcome.EnvelopeFate;
import dev.resentry.processor.consume.BatchObserver;
import dev.resentry.storage.ingest.BatchResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
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
    private final Map<EnvelopeFate, Counter> envelopes = new EnumMap<>(EnvelopeFate.class);
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
        // Those that are lost come in no batch.
        for (EnvelopeFate fate : EnumSet.complementOf(EnumSet.of(EnvelopeFate.LOST))) {
            envelopes.put(
                    fate,
                    Counter.builder("resentry.processor.envelopes")
                            .description("Envelopes by what became of them; duplicates are those that came again, too")
                            .tag("fate", fate.wireName())
                            .register(registry));
        }
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
        envelopes.forEach((fate, counter) -> counter.increment((double) result.count(fate)));
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
}
