package dev.resentry.storage.session;

import java.time.Duration;
import java.time.Instant;

/**
 * Intervals of one length.
 *
 * @param from when the first begins
 * @param to when the last ends
 * @param interval whole minutes, or whole hours if they are counted by hour
 */
public record SessionBuckets(Instant from, Instant to, Duration interval) {

    /** How finely sessions have to be counted for them. */
    public SessionResolution resolution() {
        return interval.toMinutes() % 60 == 0 ? SessionResolution.HOUR : SessionResolution.MINUTE;
    }

    /** How many there are. */
    public int count() {
        return (int) Duration.between(from, to).dividedBy(interval);
    }

    /** The number of the one that a time is in, from 0. */
    public int of(Instant at) {
        return (int) Duration.between(from, at).dividedBy(interval);
    }

    /** When one begins. */
    public Instant begin(int number) {
        return from.plus(interval.multipliedBy(number));
    }
}
