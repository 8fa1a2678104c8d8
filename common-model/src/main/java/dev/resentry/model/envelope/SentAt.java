package dev.resentry.model.envelope;

import dev.resentry.model.event.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Reads the time at which an SDK sent an envelope, as RFC 3339 writes it. */
final class SentAt {
    private SentAt() {}

    /**
     * Reads a time with its offset.
     *
     * @throws DateTimeException if it is none
     */
    static Instant parse(String text) {
        Instant usual = text.endsWith("Z") ? Timestamp.ofUtc(text, text.length() - 1) : null;
        return usual == null ? OffsetDateTime.parse(text).toInstant() : usual;
    }
}
