package dev.resentry.query.alert;

import dev.resentry.query.error.ApiException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Until when a request snoozes. */
public final class SnoozeTime {
    public static final long MAX_MINUTES = 366 * 24 * 60;

    private SnoozeTime() {}

    /**
     * The end that is meant; null if somebody has to end it.
     *
     * @param minutes from now on; null if it is not said so
     * @param until null likewise
     */
    public static @Nullable Instant of(@Nullable Long minutes, @Nullable Instant until, Instant now) {
        if (minutes != null && until != null) {
            throw ApiException.invalid("until", "expected: either minutes or until");
        }
        if (minutes != null) {
            return now.plus(Duration.ofMinutes(minutes));
        }
        if (until != null && !until.isAfter(now)) {
            throw ApiException.invalid("until", "%s (expected: a time to come)".formatted(until));
        }
        return until;
    }
}
