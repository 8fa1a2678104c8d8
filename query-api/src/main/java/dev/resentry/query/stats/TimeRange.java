package dev.resentry.query.stats;

import dev.resentry.query.error.ApiException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A time that is asked about.
 *
 * @param to not in it
 */
record TimeRange(Instant from, Instant to) {

    /**
     * The time between two moments. The second is now and the first {@code usual} earlier, where they are not given.
     *
     * @throws ApiException if it is empty or longer than {@code longest}
     */
    static TimeRange of(@Nullable Instant from, @Nullable Instant to, Instant now, Duration usual, Duration longest) {
        Instant end = to == null ? now : to;
        Instant begin = from == null ? end.minus(usual) : from;
        if (!begin.isBefore(end)) {
            throw ApiException.invalid("from", "%s (expected: before %s)".formatted(begin, end));
        }
        if (Duration.between(begin, end).compareTo(longest) > 0) {
            throw ApiException.invalid(
                    "from", "%s (expected: at most %d hours before %s)".formatted(begin, longest.toHours(), end));
        }
        return new TimeRange(begin, end);
    }
}
