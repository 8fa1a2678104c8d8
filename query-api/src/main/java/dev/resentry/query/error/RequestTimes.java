package dev.resentry.query.error;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Times in requests. */
public final class RequestTimes {
    private static final Instant END = Instant.parse("9999-12-31T23:59:59Z");

    private RequestTimes() {}

    /**
     * Refuses a time with which neither we nor the database can reckon.
     *
     * @param name of its parameter
     * @param at null if there is none
     * @throws ApiException if it is before 1970 or behind 9999
     */
    public static void requireUsual(String name, @Nullable Instant at) {
        if (at != null && (at.isBefore(Instant.EPOCH) || at.isAfter(END))) {
            throw ApiException.invalid(name, "%s (expected: from 1970 to 9999)".formatted(at));
        }
    }
}
