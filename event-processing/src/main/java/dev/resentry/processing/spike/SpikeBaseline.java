package dev.resentry.processing.spike;

import java.util.Arrays;

/**
 * What a project usually has in a minute of this hour of the day.
 *
 * @param usual the events that 99 of 100 such minutes of the last days had at most
 * @param isShort whether the project is younger than a day, so that nothing is known
 */
public record SpikeBaseline(long usual, boolean isShort) {
    /** How many days are looked back. */
    public static final int DAYS = 7;

    /** Fewer events in a minute are no spike, whatever is usual. */
    public static final long FLOOR = 20;

    private static final int MINUTES = 60;
    private static final double SHARE = 0.99;
    private static final long TIMES_USUAL = 3;
    private static final SpikeBaseline SHORT = new SpikeBaseline(0, true);

    /**
     * The baseline of a project. Of the day before its minutes are known, of the days before that only its hours, whose events are taken
     * for evenly spread.
     *
     * @param yesterday the events of the 60 minutes of the same hour of the day before
     * @param earlier the events of the same hour of the days before that, as many as the project is old; at most {@link #DAYS} - 1
     */
    public static SpikeBaseline of(long[] yesterday, long[] earlier) {
        if (yesterday.length != MINUTES) {
            throw new IllegalArgumentException("%d minutes (expected: %d)".formatted(yesterday.length, MINUTES));
        }
        double[] minutes = new double[MINUTES * (1 + earlier.length)];
        for (int i = 0; i < MINUTES; i++) {
            minutes[i] = yesterday[i];
        }
        for (int day = 0; day < earlier.length; day++) {
            int from = MINUTES * (day + 1);
            Arrays.fill(minutes, from, from + MINUTES, (double) earlier[day] / MINUTES);
        }
        Arrays.sort(minutes);
        return new SpikeBaseline((long) Math.ceil(minutes[(int) Math.ceil(SHARE * minutes.length) - 1]), false);
    }

    /** The baseline of a project that is younger than a day. */
    public static SpikeBaseline ofYoungProject() {
        return SHORT;
    }

    /** A minute with more events than this begins a spike. */
    public long threshold() {
        return Math.max(FLOOR, TIMES_USUAL * usual);
    }
}
