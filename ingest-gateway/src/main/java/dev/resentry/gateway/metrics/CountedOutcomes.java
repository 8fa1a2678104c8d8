package dev.resentry.gateway.metrics;

import dev.resentry.gateway.outcome.OutcomeReporter;
import dev.resentry.model.outcome.DataCategory;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Counts what is not let through by outcome, reason and category, on its way to the topic that accounts for it. */
public final class CountedOutcomes implements OutcomeReporter {
    /** A reason may be a word that people chose for a limit; there are not so many of them. */
    private static final int MAX_COUNTERS = 1_000;

    private final OutcomeReporter next;
    private final MeterRegistry registry;
    private final Map<Key, Counter> counters = new ConcurrentHashMap<>();

    private record Key(DataCategory category, String outcome, String reason) {}

    public CountedOutcomes(OutcomeReporter next, MeterRegistry registry) {
        this.next = next;
        this.registry = registry;
    }

    @Override
    public void report(
            ProjectId project,
            @Nullable PublicKey key,
            DataCategory category,
            Outcome.Rejected outcome,
            long quantity) {
        next.report(project, key, category, outcome, quantity);
        counterOf(new Key(category, outcome.wireName(), String.valueOf(outcome.reasonName())))
                .increment((double) quantity);
    }

    private Counter counterOf(Key key) {
        Counter known = counters.get(key);
        if (known != null) {
            return known;
        }
        Key named = counters.size() < MAX_COUNTERS ? key : new Key(key.category(), key.outcome(), "other");
        return counters.computeIfAbsent(named, this::counter);
    }

    private Counter counter(Key key) {
        return Counter.builder("resentry.ingest.refused")
                .description("What was not let through, in the unit of its category")
                .tag("category", key.category().wireName())
                .tag("outcome", key.outcome())
                .tag("reason", key.reason())
                .register(registry);
    }
}
