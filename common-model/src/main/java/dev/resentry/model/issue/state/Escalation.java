package dev.resentry.model.issue.state;

import java.util.Arrays;

/**
 * Tells when an issue escalates. One that is ignored until then does when an hour has far more events than the week before;
 * a new one when it has more than nearly all hours of issues of its project had.
 */
public final class Escalation {
    private static final int HOURS_OF_DAY = 24;

    /** How many hours before the one that is judged count. */
    public static final int HOURS = 7 * HOURS_OF_DAY;

    /** Fewer events in an hour are nothing to tell of, whatever was before. */
    public static final long LEAST = 10;

    /** The share of the hours of a project's issues that a new issue has to surpass. */
    public static final double USUAL_SHARE = 0.95;

    private static final double YOUNG = 10;
    private static final double DEVIATIONS = 5;
    private static final double LEAST_TIMES_MEAN = 5;
    private static final double MOST_TIMES_MEAN = 8;
    private static final double TIMES_BUSIEST = 5;
    private static final double LEAST_TIMES_BUSIEST = 2;
    private static final double CALMING = -0.65;

    private Escalation() {}

    /**
     * From how many events in an hour on the issue escalates. Hours that vary much are allowed to go farther above the mean
     * and less far above the busiest one.
     *
     * @param hours the events of the {@link #HOURS} before, the earliest first; the first day is the weekday of the hour
     * @param isYoung whether the issue was first seen in them
     */
    public static long threshold(long[] hours, boolean isYoung) {
        if (hours.length != HOURS) {
            throw new IllegalArgumentException("%d hours (expected: %d)".formatted(hours.length, HOURS));
        }
        long busiest = Arrays.stream(hours).max().orElse(0);
        if (isYoung) {
            return atLeast(YOUNG * busiest);
        }
        double mean = Arrays.stream(hours).average().orElse(0);
        if (mean == 0) {
            return LEAST;
        }
        double deviation = Math.sqrt(Arrays.stream(hours)
                .mapToDouble(count -> (count - mean) * (count - mean))
                .average()
                .orElse(0));
        double sameWeekday = Arrays.stream(hours, 0, HOURS_OF_DAY).sum();
        double weighted = (Arrays.stream(hours).sum() + sameWeekday) / (HOURS + HOURS_OF_DAY);
        double aboveMean =
                weighted + mean * Math.clamp((mean + DEVIATIONS * deviation) / mean, LEAST_TIMES_MEAN, MOST_TIMES_MEAN);
        double aboveBusiest = busiest
                * Math.clamp(TIMES_BUSIEST * Math.exp(CALMING * deviation / mean), LEAST_TIMES_BUSIEST, TIMES_BUSIEST);
        return atLeast(Math.max(aboveMean, aboveBusiest));
    }

    /**
     * Whether a new issue escalates.
     *
     * @param events of the hour
     * @param usual how many events {@link #USUAL_SHARE} of the hours of its project's issues had at most, in the week before
     */
    public static boolean isUnusual(long events, long usual) {
        return events >= LEAST && events > usual;
    }

    private static long atLeast(double threshold) {
        return Math.max(LEAST, (long) Math.ceil(threshold));
    }
}
