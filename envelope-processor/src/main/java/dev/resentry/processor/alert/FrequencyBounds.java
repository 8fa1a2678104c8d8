package dev.resentry.processor.alert;

import dev.resentry.model.alert.AlertCondition.Frequency;
import dev.resentry.model.alert.AlertCondition.Measure;
import dev.resentry.storage.alert.IssueFrequency;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Spares the database questions whose answer is known to be no: after an exact count, a window holds no more than that and what came
 * since. This holds as long as this process sees all events of an issue; what it remembers is forgotten when its partitions change,
 * and after a minute, as issues can be merged.
 */
final class FrequencyBounds {
    private static final int ISSUES = 50_000;
    private static final int COUNTS = 100_000;
    private static final Duration HOLDS_FOR = Duration.ofMinutes(1);
    private static final Duration SAME_FOR = Duration.ofSeconds(1);

    private final IssueFrequency frequency;
    private final RecentKeys<Long, Long> seen = new RecentKeys<>(ISSUES);
    private final RecentKeys<Window, Counted> counted = new RecentKeys<>(COUNTS);

    FrequencyBounds(IssueFrequency frequency) {
        this.frequency = frequency;
    }

    private record Window(long issueId, @Nullable String environment, Measure measure, Duration length) {}

    /** @param seenBefore how many events of the issue had been seen by then */
    private record Counted(long count, Instant at, long seenBefore) {}

    /** Notes an event, be it counted or not. */
    void seen(long issueId) {
        seen.put(issueId, seenOf(issueId) + 1);
    }

    /** Whether the condition can be true; false is certain. */
    boolean mayHold(Frequency condition, long issueId, @Nullable String environment, Instant now) {
        Counted last = counted.get(window(condition, issueId, environment));
        return last == null
                || now.isAfter(last.at().plus(HOLDS_FOR))
                // The issue was forgotten meanwhile, and what came since is not known.
                || seenOf(issueId) < last.seenBefore()
                || last.count() + seenOf(issueId) - last.seenBefore() >= condition.least();
    }

    /** How often it happened; asked once for all rules with the same window. */
    long count(Frequency condition, long issueId, @Nullable String environment, Instant now) {
        Window window = window(condition, issueId, environment);
        long before = seenOf(issueId);
        Counted last = counted.get(window);
        if (last != null
                && last.seenBefore() == before
                && now.isBefore(last.at().plus(SAME_FOR))) {
            return last.count();
        }
        Instant from = now.minus(condition.window());
        long count = condition.measure() == Measure.EVENTS
                ? frequency.events(issueId, environment, from, null)
                : frequency.users(issueId, environment, from, null);
        counted.put(window, new Counted(count, now, before));
        return count;
    }

    void forget() {
        seen.clear();
        counted.clear();
    }

    private long seenOf(long issueId) {
        Long count = seen.get(issueId);
        return count == null ? 0 : count;
    }

    private static Window window(Frequency condition, long issueId, @Nullable String environment) {
        return new Window(issueId, environment, condition.measure(), condition.window());
    }
}
