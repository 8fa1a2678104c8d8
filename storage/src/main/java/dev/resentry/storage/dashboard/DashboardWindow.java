package dev.resentry.storage.dashboard;

import dev.resentry.storage.rollup.Resolution;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.LongStream;

/**
 * A time that a dashboard shows, and the one of the same length before it.
 *
 * @param from begins a minute, or an hour if counts by minute are not kept for it
 * @param to not in it
 * @param before when the time before begins; it ends at {@code from}
 * @param interval what a bar of its chart stands for; the last one may be cut off
 */
public record DashboardWindow(Instant from, Instant to, Instant before, Resolution resolution, Duration interval) {
    /** How much of the past is at most shown by minute, so that the time before it has minutes too. */
    private static final Duration MOST_BY_MINUTE =
            Resolution.MINUTES_KEPT.dividedBy(2).plusMinutes(1);

    private static final int MOST_BARS = 150;
    private static final long[] MINUTES = {1, 2, 5, 10, 15, 30, 60};
    private static final long[] HOURS = {1, 2, 3, 6, 12, 24};

    /** The window from some time to another, as seen at a moment. */
    public static DashboardWindow of(Instant start, Instant end, Instant now) {
        boolean byMinute = !start.isBefore(now.minus(MOST_BY_MINUTE));
        ChronoUnit unit = byMinute ? ChronoUnit.MINUTES : ChronoUnit.HOURS;
        Instant from = start.truncatedTo(unit);
        long units = Math.max(1, unit.between(from, end.truncatedTo(unit)));
        long bar = LongStream.of(byMinute ? MINUTES : HOURS)
                .filter(length -> units <= length * MOST_BARS)
                .findFirst()
                .orElse(Math.ceilDiv(units, MOST_BARS));
        return new DashboardWindow(
                from,
                end,
                from.minus(units, unit),
                byMinute ? Resolution.MINUTE : Resolution.HOUR,
                Duration.of(bar, unit));
    }

    /** How many bars there are. */
    public int bars() {
        return (int) Math.ceilDiv(Duration.between(from, to).toMillis(), interval.toMillis());
    }
}
