package dev.resentry.model.envelope;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Reads the time at which an SDK sent an envelope, as RFC 3339 writes it. */
final class SentAt {
    private static final int SECONDS_END = 19;
    private static final int MAX_DIGITS = 9;

    private SentAt() {}

    /**
     * Reads a time with its offset.
     *
     * @throws DateTimeException if it is none
     */
    static Instant parse(String text) {
        Instant usual = inUtc(text);
        return usual == null ? OffsetDateTime.parse(text).toInstant() : usual;
    }

    /**
     * What SDKs write, {@code 2026-11-21T03:00:00.123Z}, without the formatter, which takes longer than all else that is
     * looked at in an envelope. Null for every other shape, sound or not.
     */
    private static @Nullable Instant inUtc(String text) {
        int last = text.length() - 1;
        if (last < SECONDS_END
                || last > SECONDS_END + 1 + MAX_DIGITS
                || text.charAt(last) != 'Z'
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':'
                || (last > SECONDS_END && (text.charAt(SECONDS_END) != '.' || last == SECONDS_END + 1))) {
            return null;
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, SECONDS_END);
        int fraction = last == SECONDS_END ? 0 : number(text, SECONDS_END + 1, last);
        if ((year | month | day | hour | minute | second | fraction) < 0) {
            return null;
        }
        for (int digits = Math.max(last - SECONDS_END - 1, 0); digits < MAX_DIGITS; digits++) {
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
}
