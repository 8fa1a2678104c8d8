package dev.resentry.processing.normalize;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The clock of a sender, of which some are wrong (ingest protocol, section 8.2).
 *
 * @param receivedAt when something arrived, by our clock
 * @param sentAt when it was sent, by the clock of the sender
 */
public record SenderClock(Instant receivedAt, @Nullable Instant sentAt) {
    /** Less may be the time that an envelope was under way or waited. */
    private static final Duration LEAST_DRIFT = Duration.ofMinutes(55);

    private static final Duration TOLERANCE = Duration.ofMinutes(1);

    /** No time of a sender is later: with it, and with the drift that it makes, one can reckon. */
    static final Instant LATEST = Instant.ofEpochSecond(100_000_000_000L);

    /** How far the clock is behind ours; negative for one that is ahead, zero where it is not to be corrected. */
    public Duration drift() {
        if (sentAt == null || !sentAt.isAfter(Instant.EPOCH) || sentAt.isAfter(LATEST)) {
            return Duration.ZERO;
        }
        Duration drift = Duration.between(sentAt, receivedAt);
        return drift.abs().compareTo(LEAST_DRIFT) >= 0 ? drift : Duration.ZERO;
    }

    /** Whether a time cannot be, as it is ahead of our clock. */
    boolean isAhead(Instant time) {
        return time.isAfter(receivedAt.plus(TOLERANCE));
    }

    /**
     * How far something that ended is to be moved: by the drift, and so that it did not end after it arrived. Moving all its times
     * keeps its duration.
     */
    Duration shift(Instant end) {
        Duration drift = drift();
        return isAhead(end.plus(drift)) ? Duration.between(end, receivedAt) : drift;
    }
}
