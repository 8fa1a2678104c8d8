package dev.resentry.storage.rollup;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The events of a project in some time.
 *
 * @param buckets the minutes or hours that have events, the earliest first
 */
public record ProjectTimeline(long events, List<Bucket> buckets) {
    public ProjectTimeline {
        buckets = List.copyOf(buckets);
    }

    /**
     * A minute or an hour that has events.
     *
     * @param levels the events by level
     */
    public record Bucket(Instant at, long events, SortedMap<String, Long> levels) {
        public Bucket {
            levels = Collections.unmodifiableSortedMap(new TreeMap<>(levels));
        }
    }
}
