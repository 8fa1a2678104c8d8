package dev.resentry.processing.session;

import dev.resentry.model.session.SessionHealth;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An update of one session, which holds all that is known of it so far.
 *
 * @param sessionId in one spelling
 * @param starts whether it is the first update of its session
 * @param health so far; an end is final
 * @param user what the SDK tells users apart by
 * @param duration of a session that has ended, if it says so
 */
public record SessionUpdate(
        SessionPlace place,
        String sessionId,
        boolean starts,
        SessionHealth health,
        @Nullable String user,
        @Nullable Duration duration) {}
