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
    private static final int SECONDS_END = 19;
    private static final int MAX_DIGITS = 9;

    /** No time takes more characters. */
    private static final int MAX_LENGTH = 64;

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

    /**
     * What SDKs write, {@code 2026-11-21T03:00:00.123} in UTC, without the formatter, which takes many times longer. Null for every other
     * shape, sound or not.
     *
     * @param end where the time ends in the text
     * @throws DateTimeException if there is no such time
     */
    public static @Nullable Instant ofUtc(String text, int end) {
        if (end < SECONDS_END
                || end > SECONDS_END + 1 + MAX_DIGITS
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':'
                || (end > SECONDS_END && (text.charAt(SECONDS_END) != '.' || end == SECONDS_END + 1))) {
            return null;
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, SECONDS_END);
        int fraction = end == SECONDS_END ? 0 : number(text, SECONDS_END + 1, end);
        if ((year | month | day | hour | minute | second | fraction) < 0) {
            return null;
        }
        for (int digits = Math.max(end - SECONDS_END - 1, 0); digits < MAX_DIGITS; digits++) {
            fraction *= 10;
        }
        return LocalDateTime.of(year, month, day, hour, minute, second, fraction)
                .toInstant(ZoneOffset.UTC);
    }

    /** Decimal digits; negative if there is anything else. */
    private static int number(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private static @Nullable Instant ofText(String text) {
        if (text.length() > MAX_LENGTH) {
            return null;
        }
        try {
            Instant usual = ofUtc(text, text.endsWith("Z") ? text.length() - 1 : text.length());
            return usual == null ? ofOtherText(text) : usual;
        } catch (DateTimeException _) {
            return null;
        }
    }

    private static @Nullable Instant ofOtherText(String text) {
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
