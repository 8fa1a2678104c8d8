package dev.resentry.storage.rollup;

import java.util.Map;
import java.util.TreeMap;

/**
 * How durations are spread, from which any quantile follows within 1 %: a DDSketch of unbounded size. What it is depends on the
 * durations alone, not on their order or on how they were split, so sketches of minutes added up are that of their hour. The
 * database puts durations into buckets ({@code duration_bucket}); here they are added and read. Not safe to share between threads.
 */
public final class DurationSketch {
    /** What a quantile is off by at most, as a share of the true one. */
    public static final double RELATIVE_ERROR = 0.01;

    private static final double GAMMA = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);

    private final TreeMap<Integer, Long> buckets = new TreeMap<>();
    private long count;

    /** Adds a stored sketch: its buckets, and how many durations each has. */
    public void add(Integer[] added, Long[] counts) {
        for (int i = 0; i < added.length; i++) {
            buckets.merge(added[i], counts[i], Long::sum);
            count += counts[i];
        }
    }

    /** Adds all durations of another one. */
    public void add(DurationSketch other) {
        other.buckets.forEach((bucket, durations) -> buckets.merge(bucket, durations, Long::sum));
        count += other.count;
    }

    /** How many durations there are. */
    public long count() {
        return count;
    }

    /**
     * The shortest duration, in milliseconds, that a share of all is not longer than; 0 if there is none.
     *
     * @param share from 0 to 1
     */
    public double quantile(double share) {
        if (count == 0) {
            return 0;
        }
        double rank = Math.max(1, Math.ceil(share * count));
        long upTo = 0;
        for (Map.Entry<Integer, Long> bucket : buckets.entrySet()) {
            upTo += bucket.getValue();
            if (upTo >= rank) {
                return middle(bucket.getKey());
            }
        }
        return middle(buckets.lastKey());
    }

    /** Off by the same share of both ends. */
    private static double middle(int bucket) {
        return 2 * Math.pow(GAMMA, bucket) / (GAMMA + 1);
    }
}
