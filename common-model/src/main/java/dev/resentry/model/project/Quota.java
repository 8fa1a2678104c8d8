package dev.resentry.model.project;

import dev.resentry.model.outcome.DataCategory;
import java.time.Duration;
import java.util.Set;

/**
 * How much is let through in each window of time (ingest protocol, section 5.4). Windows are aligned to the clock, so that all
 * gateways mean the same one.
 *
 * @param categories what is counted, all together; none means everything, apart from bytes of what is counted in
 *     pieces
 * @param limit the quantity a window lets through; 0 refuses all
 * @param window whole seconds
 * @param reasonCode why, as SDKs and outcomes are told
 */
public record Quota(Set<DataCategory> categories, long limit, Duration window, String reasonCode) {
    /** The reason of a limit that a spike sets and takes away. */
    public static final String SPIKE_PROTECTION = "spike_protection";

    private static final Set<DataCategory> OF_EVENTS = Set.of(DataCategory.ERROR, DataCategory.SECURITY);

    public Quota {
        categories = Set.copyOf(categories);
        if (limit < 0) {
            throw new IllegalArgumentException("limit: %d (expected: >= 0)".formatted(limit));
        }
        if (window.toSeconds() < 1 || window.toNanosPart() != 0) {
            throw new IllegalArgumentException("window: %s (expected: whole seconds, >= 1)".formatted(window));
        }
    }

    /** The limit of a spike: so many events a minute, whatever people have set besides. */
    public static Quota ofSpike(long eventsPerMinute) {
        return new Quota(OF_EVENTS, eventsPerMinute, Duration.ofMinutes(1), SPIKE_PROTECTION);
    }

    /** Whether a spike has set it, and not people. */
    public boolean isOfSpike() {
        return reasonCode.equals(SPIKE_PROTECTION);
    }
}
