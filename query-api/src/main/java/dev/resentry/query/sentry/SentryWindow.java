package dev.resentry.query.sentry;

import dev.resentry.query.error.ApiException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The time that a request is about: {@code statsPeriod=14d}, or {@code start} and {@code end}.
 *
 * @param from null if it is about all time
 * @param to null up to now
 */
record SentryWindow(@Nullable Instant from, @Nullable Instant to) {
    private static final Pattern PERIOD = Pattern.compile("([1-9][0-9]{0,4})([smhdw])");
    private static final Pattern EPOCH = Pattern.compile("[0-9]{1,11}(\\.[0-9]{1,9})?");
    private static final String RULE = "expected: a time such as 2026-01-02T15:04:05Z";

    /** @throws ApiException if one of them is none, or nothing lies between them */
    static SentryWindow of(@Nullable String statsPeriod, @Nullable String start, @Nullable String end, Instant now) {
        if (statsPeriod != null && !statsPeriod.isBlank()) {
            return new SentryWindow(now.minus(duration("statsPeriod", statsPeriod)), null);
        }
        Instant from = time("start", start);
        Instant to = time("end", end);
        if (from != null && to != null && !from.isBefore(to)) {
            throw ApiException.invalid("start", "%s (expected: before %s)".formatted(from, to));
        }
        return new SentryWindow(from, to);
    }

    /** The time from which on, if nothing is said a time before the end. */
    Instant from(Duration usual, Instant now) {
        return from == null ? to(now).minus(usual) : from;
    }

    Instant to(Instant now) {
        return to == null ? now : to;
    }

    /** A length such as {@code 30s}, {@code 5m} or {@code 14d}. */
    static Duration duration(String parameter, String text) {
        Matcher parts = PERIOD.matcher(text);
        if (!parts.matches()) {
            throw ApiException.invalid(
                    parameter, "'%s' (expected: a number and s, m, h, d or w, such as 14d)".formatted(text));
        }
        long count = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            case "d" -> Duration.ofDays(count);
            default -> Duration.ofDays(7 * count);
        };
    }

    /** A time as clients send it; one without a zone is UTC. */
    static @Nullable Instant time(String parameter, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            if (EPOCH.matcher(text).matches()) {
                return Instant.ofEpochSecond((long) Double.parseDouble(text));
            }
            if (text.indexOf('T') < 0) {
                return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
            }
            boolean zoned = text.endsWith("Z") || text.lastIndexOf('+') > 0 || text.lastIndexOf('-') > 9;
            return zoned
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException _) {
            throw ApiException.invalid(parameter, "'%s' (%s)".formatted(text, RULE));
        }
    }
}
