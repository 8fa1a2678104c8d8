package dev.resentry.storage.session;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;

/**
 * Where a session counts.
 *
 * @param environment empty if there is none
 */
record SessionKey(long projectId, String release, String environment, Instant startedAt)
        implements Comparable<SessionKey> {
    private static final Comparator<SessionKey> ORDER = Comparator.comparingLong(SessionKey::projectId)
            .thenComparing(SessionKey::release)
            .thenComparing(SessionKey::environment)
            .thenComparing(SessionKey::startedAt);

    /** To the minute: nothing is counted more finely. */
    static SessionKey of(long projectId, NewSession session) {
        String environment = session.environment();
        return new SessionKey(
                projectId,
                session.release(),
                environment == null ? "" : environment,
                session.startedAt().truncatedTo(ChronoUnit.MINUTES));
    }

    SessionKey truncatedTo(ChronoUnit unit) {
        return new SessionKey(projectId, release, environment, startedAt.truncatedTo(unit));
    }

    @Override
    public int compareTo(SessionKey other) {
        return ORDER.compare(this, other);
    }
}
