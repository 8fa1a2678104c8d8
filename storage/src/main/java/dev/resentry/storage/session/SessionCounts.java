package dev.resentry.storage.session;

import dev.resentry.model.session.SessionHealth;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Counts of sessions, or how they change.
 *
 * @param sessions whose start is known
 * @param errored with errors or a bad end, whether their start is known or not; the three behind it are among them
 * @param durations how many said how long they took
 * @param durationMillis the sum of it
 */
public record SessionCounts(
        long sessions, long errored, long unhandled, long abnormal, long crashed, long durations, long durationMillis) {
    public static final SessionCounts NONE = new SessionCounts(0, 0, 0, 0, 0, 0, 0);

    static final SessionCounts STARTED = new SessionCounts(1, 0, 0, 0, 0, 0, 0);

    static SessionCounts lasting(Duration duration) {
        return new SessionCounts(0, 0, 0, 0, 0, 1, duration.toMillis());
    }

    /** What changes when a session is found to have gone worse than was known. */
    static SessionCounts worsened(SessionHealth before, SessionHealth now) {
        return of(now).plus(of(before).negated());
    }

    private static SessionCounts of(SessionHealth health) {
        return switch (health) {
            case HEALTHY -> NONE;
            case ERRORED -> new SessionCounts(0, 1, 0, 0, 0, 0, 0);
            case UNHANDLED -> new SessionCounts(0, 1, 1, 0, 0, 0, 0);
            case ABNORMAL -> new SessionCounts(0, 1, 0, 1, 0, 0, 0);
            case CRASHED -> new SessionCounts(0, 1, 0, 0, 1, 0, 0);
        };
    }

    /** Both together. */
    public SessionCounts plus(SessionCounts other) {
        return new SessionCounts(
                sessions + other.sessions,
                errored + other.errored,
                unhandled + other.unhandled,
                abnormal + other.abnormal,
                crashed + other.crashed,
                durations + other.durations,
                durationMillis + other.durationMillis);
    }

    /**
     * The share of sessions that did not crash, from 0 to 1. Crashes of sessions whose start is not known do not make it
     * less than 0.
     *
     * @return null without sessions
     */
    public @Nullable Double crashFree() {
        return sessions == 0 ? null : Double.valueOf(Math.max(0, 1 - (double) crashed / sessions));
    }

    /** Those with errors that did not end badly as well. */
    public long erroredAlone() {
        return Math.max(0, errored - unhandled - abnormal - crashed);
    }

    /** Sessions with errors or a bad end among a hundred; null without sessions. */
    public @Nullable Double erroredPerHundred() {
        return sessions == 0 ? null : Double.valueOf(Math.min(100, 100.0 * errored / sessions));
    }

    /** How long a session took on average, in milliseconds; null if none said so. */
    public @Nullable Long meanDurationMillis() {
        return durations == 0 ? null : Long.valueOf(durationMillis / durations);
    }

    private SessionCounts negated() {
        return new SessionCounts(-sessions, -errored, -unhandled, -abnormal, -crashed, -durations, -durationMillis);
    }
}
