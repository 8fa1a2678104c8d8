package dev.resentry.storage.session;

import dev.resentry.model.session.SessionHealth;
import java.time.Duration;

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

    private SessionCounts negated() {
        return new SessionCounts(-sessions, -errored, -unhandled, -abnormal, -crashed, -durations, -durationMillis);
    }
}
