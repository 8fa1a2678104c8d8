package dev.resentry.processing.normalize;

import dev.resentry.model.event.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Times in what SDKs send. */
final class Timestamps {
    private Timestamps() {}

    /** A time after 1970 that one can reckon with, to the microsecond; null if it is missing or unreadable. */
    static @Nullable Instant parse(JsonNode given) {
        Instant instant = Timestamp.read(given);
        return instant == null || !instant.isAfter(Instant.EPOCH) || instant.isAfter(SenderClock.LATEST)
                ? null
                : instant.truncatedTo(ChronoUnit.MICROS);
    }
}
