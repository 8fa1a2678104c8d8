package dev.resentry.model.session;

import java.time.Duration;

/** For how long something becomes of a session. */
public final class SessionTime {
    /** Updates of a session come for so long after it began (ingest protocol, section 6.1). */
    public static final Duration UPDATED_FOR = Duration.ofDays(5);

    /** What was counted of a session is known for a day more: what is further away is another session. */
    public static final Duration KNOWN_FOR = UPDATED_FOR.plusDays(1);

    private SessionTime() {}
}
