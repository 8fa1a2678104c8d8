package dev.resentry.storage.rollup;

import java.time.Instant;
import java.util.List;

/**
 * A tag key of an issue.
 *
 * @param events how many events have a value of it
 * @param distinctValues how many values are counted apart, of which there are 1,000 at most
 * @param values those with the most events, the most first
 */
public record IssueTag(String key, long events, long distinctValues, List<Value> values) {
    public IssueTag {
        values = List.copyOf(values);
    }

    /**
     * A value that is counted apart.
     *
     * @param lastSeen when the last event of the value happened
     */
    public record Value(String value, long events, Instant lastSeen) {}
}
