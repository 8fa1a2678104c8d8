package dev.resentry.query.release;

import dev.resentry.query.error.ApiException;
import dev.resentry.storage.session.SessionBuckets;
import dev.resentry.storage.session.SessionResolution;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the time up to now of which health is asked for, such as {@code 24h} in intervals of {@code 5m}. */
public final class HealthPeriod {
    private static final Pattern TEXT = Pattern.compile("([1-9]\\d{0,5})([mhd])");
    private static final Duration LONGEST = Duration.ofDays(100);
    private static final int MOST_BUCKETS = 3_000;
    private static final String USUAL = "24h";

    private HealthPeriod() {}

    /**
     * A duration in minutes, hours or days.
     *
     * @throws ApiException if the text is no such duration, or one of more than 100 days
     */
    public static Duration duration(String field, String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw ApiException.invalid(
                    field, "'%s' (expected: minutes, hours or days such as 5m, 24h or 7d)".formatted(text));
        }
        long amount = Long.parseLong(matcher.group(1));
        Duration duration = switch (matcher.group(2)) {
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
        if (duration.compareTo(LONGEST) > 0) {
            throw ApiException.invalid(field, "'%s' (expected: at most %d days)".formatted(text, LONGEST.toDays()));
        }
        return duration;
    }

    /**
     * The intervals of a range. The present is in the last of them.
     *
     * @param range null for a day
     * @param interval null for one that suits the range
     * @throws ApiException if one of the texts is no duration, the interval is longer than the range, there are too many
     *     intervals, or sessions are not counted so finely for so long
     */
    public static SessionBuckets buckets(@Nullable String range, @Nullable String interval, Instant now) {
        Duration length = duration("range", range == null ? USUAL : range);
        Duration each = interval == null ? usualInterval(length) : duration("interval", interval);
        if (each.compareTo(length) > 0) {
            throw ApiException.invalid("interval", "'%s' (expected: not longer than the range)".formatted(interval));
        }
        long count = (length.toMinutes() + each.toMinutes() - 1) / each.toMinutes();
        if (count > MOST_BUCKETS) {
            throw ApiException.invalid(
                    "interval",
                    "'%s' gives %d intervals (expected: at most %d)".formatted(interval, count, MOST_BUCKETS));
        }
        if (each.toMinutes() % 60 != 0 && length.compareTo(SessionResolution.MINUTES_KEPT) > 0) {
            throw ApiException.invalid(
                    "interval",
                    "'%s' (expected: whole hours for more than %d hours)"
                            .formatted(interval, SessionResolution.MINUTES_KEPT.toHours()));
        }
        long seconds = each.toSeconds();
        Instant to = Instant.ofEpochSecond((now.getEpochSecond() / seconds + 1) * seconds);
        return new SessionBuckets(to.minus(each.multipliedBy(count)), to, each);
    }

    /** The hours that some intervals touch. */
    static SessionBuckets hours(SessionBuckets buckets) {
        Instant from = buckets.from().truncatedTo(ChronoUnit.HOURS);
        Instant last = buckets.to().minusSeconds(1).truncatedTo(ChronoUnit.HOURS);
        return new SessionBuckets(from, last.plus(1, ChronoUnit.HOURS), Duration.ofHours(1));
    }

    private static Duration usualInterval(Duration range) {
        if (range.compareTo(Duration.ofHours(6)) <= 0) {
            return range.compareTo(Duration.ofMinutes(5)) < 0 ? Duration.ofMinutes(1) : Duration.ofMinutes(5);
        }
        if (range.compareTo(Duration.ofDays(2)) <= 0) {
            return Duration.ofHours(1);
        }
        return range.compareTo(Duration.ofDays(14)) <= 0 ? Duration.ofHours(6) : Duration.ofDays(1);
    }
}
