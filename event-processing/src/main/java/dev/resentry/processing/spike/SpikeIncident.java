package dev.resentry.processing.spike;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A spike from its first loud minute on. A project's is counted by minute, an issue's by hour.
 *
 * @param startedAt the first minute that was loud; of an issue, in which it was noticed
 * @param lastAt the last minute that was loud
 * @param peak the most events of a minute, or of an hour
 * @param threshold what began it, which stays what it was
 */
public record SpikeIncident(Instant startedAt, Instant lastAt, long peak, long threshold) {
    /** How long it has to be quiet before an incident is over. */
    public static final Duration QUIET = Duration.ofMinutes(15);

    /** After a day its own hours are what it is compared with; if that is still too much, another one begins. */
    public static final Duration LONGEST = Duration.ofHours(25);

    /** How far minutes are looked back at, as events arrive late. */
    public static final Duration LOOK_BACK = Duration.ofMinutes(5);

    /**
     * The share of the threshold with which an incident goes on. A limit at the threshold keeps the events below it, and must not end
     * what it was set for.
     */
    private static final double ONGOING = 0.75;

    private static final Duration HOUR = Duration.ofHours(1);

    /**
     * The spike of a project, if one has begun.
     *
     * @param minutes the events of the last minutes, by when they begin
     */
    public static Optional<SpikeIncident> ofProject(SortedMap<Instant, Long> minutes, SpikeBaseline baseline) {
        long threshold = baseline.threshold();
        return minutes.entrySet().stream()
                .filter(minute -> minute.getValue() > threshold)
                .map(Map.Entry::getKey)
                .findFirst()
                .map(first -> new SpikeIncident(first, first, 0, threshold).afterMinutes(minutes));
    }

    /** The same spike of a project after minutes, some of which it may know already. */
    public SpikeIncident afterMinutes(SortedMap<Instant, Long> minutes) {
        Instant last = lastAt;
        long most = peak;
        for (Map.Entry<Instant, Long> minute : minutes.tailMap(startedAt).entrySet()) {
            if (minute.getValue() >= ONGOING * threshold) {
                last = minute.getKey().isAfter(last) ? minute.getKey() : last;
                most = Math.max(most, minute.getValue());
            }
        }
        return new SpikeIncident(startedAt, last, most, threshold);
    }

    /**
     * The spike of an issue, if one has begun.
     *
     * @param events of the hour under way
     * @param threshold from how many on its hour is unusual
     */
    public static Optional<SpikeIncident> ofIssue(long events, long threshold, Instant now) {
        Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
        return events >= threshold
                ? Optional.of(new SpikeIncident(minute, minute, events, threshold))
                : Optional.empty();
    }

    /**
     * The same spike of an issue after a look at the hour under way, in which it has to keep pace with the threshold to go on.
     *
     * @param events of that hour
     */
    public SpikeIncident afterHour(long events, Instant now) {
        Duration passed = Duration.between(now.truncatedTo(ChronoUnit.HOURS), now);
        double share = (double) Math.max(passed.toSeconds(), QUIET.toSeconds()) / HOUR.toSeconds();
        return events >= share * threshold
                ? new SpikeIncident(startedAt, now.truncatedTo(ChronoUnit.MINUTES), Math.max(peak, events), threshold)
                : this;
    }

    /** Whether it has been quiet for long enough since the last loud minute ended, or has lasted so long that it is what is usual now. */
    public boolean isOver(Instant now) {
        return !now.isBefore(lastAt.plus(1, ChronoUnit.MINUTES).plus(QUIET)) || !now.isBefore(startedAt.plus(LONGEST));
    }
}
