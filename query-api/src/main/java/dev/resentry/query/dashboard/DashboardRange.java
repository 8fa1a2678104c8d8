package dev.resentry.query.dashboard;

import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.RequestTimes;
import dev.resentry.storage.dashboard.DashboardWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what time a dashboard is asked for. */
public final class DashboardRange {
    static final String RULE = "expected: 1h, 24h, 7d, 14d, 30d or 90d";

    private static final Duration USUAL = Duration.ofDays(1);
    private static final Duration LONGEST = Duration.ofDays(100);
    private static final Map<String, Duration> WORDS = Map.of(
            "1h", Duration.ofHours(1),
            "24h", USUAL,
            "7d", Duration.ofDays(7),
            "14d", Duration.ofDays(14),
            "30d", Duration.ofDays(30),
            "90d", Duration.ofDays(90));

    private DashboardRange() {}

    /**
     * The window of a range that ends now, or of a begin and an end, which count before a range.
     *
     * @throws ApiException if it is empty, too long, an unknown word, or far from our time
     */
    public static DashboardWindow window(
            @Nullable String range, @Nullable Instant start, @Nullable Instant end, Instant now) {
        RequestTimes.requireUsual("start", start);
        RequestTimes.requireUsual("end", end);
        Duration length = range == null ? USUAL : WORDS.get(range);
        if (length == null) {
            throw ApiException.invalid("range", "'%s' (%s)".formatted(range, RULE));
        }
        Instant to = end == null ? now : end;
        Instant from = start == null ? to.minus(length) : start;
        if (!from.isBefore(to)) {
            throw ApiException.invalid("start", "%s (expected: before %s)".formatted(from, to));
        }
        if (Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw ApiException.invalid(
                    "start", "%s (expected: at most %d days before %s)".formatted(from, LONGEST.toDays(), to));
        }
        return DashboardWindow.of(from, to, now);
    }
}
