package dev.resentry.model.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A time as SDKs write it: seconds since 1970 as a number or a text, or an ISO 8601 text, which is in UTC if it has no offset and
 * may have a blank for its T (ingest protocol, section 8.1).
 */
public final class Timestamp {
    private Timestamp() {}

    /** The time of a value; null if it is none. */
    public static @Nullable Instant read(JsonNode value) {
        if (value.isNumber()) {
            return ofSeconds(value.asDouble(0));
        }
        return value.isString() ? ofText(value.asString()) : null;
    }

    private static @Nullable Instant ofSeconds(double seconds) {
        return seconds > 0 && seconds < 1e11 ? Instant.EPOCH.plus(Math.round(seconds * 1e6), ChronoUnit.MICROS) : null;
    }

    private static @Nullable Instant ofText(String text) {
        String iso = text.strip().replace(' ', 'T');
        try {
            boolean hasOffset = iso.endsWith("Z") || iso.endsWith("z") || iso.matches(".*[+-]\\d\\d:?\\d\\d$");
            return hasOffset
                    ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException _) {
            try {
                return ofSeconds(Double.parseDouble(iso));
            } catch (NumberFormatException _) {
                return null;
            }
        }
    }
}
