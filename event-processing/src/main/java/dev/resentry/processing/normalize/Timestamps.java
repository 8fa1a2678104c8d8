package dev.resentry.processing.normalize;

import dev.resentry.model.event.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Times by the clocks of senders, of which some are wrong. */
final class Timestamps {
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

    private Timestamps() {}

    /** A time after 1970, to the microsecond; null if it is missing or unreadable. */
    static @Nullable Instant parse(JsonNode given) {
        Instant instant = Timestamp.read(given);
        return instant == null || !instant.isAfter(Instant.EPOCH) ? null : instant.truncatedTo(ChronoUnit.MICROS);
    }

    /** Whether a sender's time cannot be, as it is ahead of the gateway's clock. */
    static boolean isAhead(Instant instant, Instant receivedAt) {
        return instant.isAfter(receivedAt.plus(CLOCK_TOLERANCE));
    }

    /**
     * How far something that ended is to be moved so that it did not end after it arrived; zero for a clock that is not ahead.
     * Moving all its times keeps its duration (ingest protocol, section 8.2).
     */
    static Duration shift(Instant end, Instant receivedAt) {
        return isAhead(end, receivedAt) ? Duration.between(end, receivedAt) : Duration.ZERO;
    }
}
