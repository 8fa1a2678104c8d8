package dev.resentry.query.explore;

import dev.resentry.query.error.ApiException;
import dev.resentry.storage.retention.DataKind;
import dev.resentry.storage.retention.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A time that is explored, by arrival.
 *
 * @param to not in it
 */
public record ExploreWindow(Instant from, Instant to) {
    private static final Duration USUAL = Duration.ofDays(1);
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
    private static final int MOST_INTERVALS = 1_000;
    private static final int USUAL_INTERVALS = 100;
    private static final Pattern INTERVAL = Pattern.compile("([1-9][0-9]{0,4})([smhdw])");
    private static final List<Duration> ROUND = List.of(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(15),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(3),
            Duration.ofHours(6),
            Duration.ofHours(12),
            Duration.ofDays(1),
            Duration.ofDays(7));

    /**
     * The time between two moments, as far as it is kept. The second is now and the first a day earlier, where they are not given.
     *
     * @throws ApiException if it is empty
     */
    static ExploreWindow of(
            @Nullable Instant start, @Nullable Instant end, DataKind kind, Retention retention, Instant now) {
        Instant to = end == null ? now : end;
        requireUsual("end", to);
        if (start != null) {
            requireUsual("start", start);
        }
        Instant from = start == null ? to.minus(USUAL) : start;
        if (!from.isBefore(to)) {
            throw ApiException.invalid("start", "%s (expected: before %s)".formatted(from, to));
        }
        Instant kept = retention.keptFrom(kind, now);
        // What lies wholly before that is as it was asked for, and empty.
        return new ExploreWindow(from.isBefore(kept) && kept.isBefore(to) ? kept : from, to);
    }

    private static void requireUsual(String name, Instant at) {
        if (at.isBefore(Instant.EPOCH) || at.isAfter(LATEST)) {
            throw ApiException.invalid(name, "%s (expected: from 1970 to 9999)".formatted(at));
        }
    }

    /**
     * An interval such as {@code 5m}; without one, a round one of which about 100 make the window.
     *
     * @throws ApiException if it is none, or too short for the window
     */
    public Duration interval(@Nullable String text) {
        Duration window = Duration.between(from, to);
        if (text == null) {
            return ROUND.stream()
                    .filter(round -> window.dividedBy(round) <= USUAL_INTERVALS)
                    .findFirst()
                    .orElseGet(() -> Duration.ofDays(7 * (1 + window.toDays() / (7L * USUAL_INTERVALS))));
        }
        Matcher parts = INTERVAL.matcher(text);
        if (!parts.matches()) {
            throw ApiException.invalid("interval", "'%s' (expected: such as 30s, 5m, 2h, 1d or 1w)".formatted(text));
        }
        long count = Long.parseLong(parts.group(1));
        Duration interval = switch (parts.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            case "d" -> Duration.ofDays(count);
            default -> Duration.ofDays(7 * count);
        };
        if (window.dividedBy(interval) >= MOST_INTERVALS) {
            throw ApiException.invalid(
                    "interval",
                    "'%s' (expected: at least %d seconds for this time)"
                            .formatted(text, window.toSeconds() / MOST_INTERVALS + 1));
        }
        return interval;
    }

    /** When the interval begins that the window begins in; intervals are counted from 1970. */
    public Instant begin(Duration interval) {
        long seconds = interval.toSeconds();
        return Instant.ofEpochSecond(Math.floorDiv(from.getEpochSecond(), seconds) * seconds);
    }
}
