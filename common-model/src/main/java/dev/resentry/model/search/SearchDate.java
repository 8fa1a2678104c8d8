package dev.resentry.model.search;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A time as written in a query.
 *
 * @param at what others are compared with
 * @param from where the time begins that is meant without a comparison; null if it has no beginning
 * @param to where it ends, not included; null if it has no end
 */
public record SearchDate(
        Instant at, @Nullable Instant from, @Nullable Instant to) {
    /** What is one, for people. */
    public static final String EXPECTED =
            "a time, such as -24h, +7d, 2026-01-31, 2026-01-31T10:00:00Z or seconds since 1970";

    private static final Pattern RELATIVE = Pattern.compile("(?<sign>[+-])(?<number>\\d{1,9})(?<unit>[mhdwMHDW])");
    private static final Pattern EPOCH = Pattern.compile("(?<seconds>\\d{9,11})(?:\\.\\d{1,9})?");

    /** 9999 years are more than any list has. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("['T'][' ']HH:mm[:ss]")
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
            .optionalEnd()
            .toFormatter(Locale.ROOT);

    private static final DateTimeFormatter ZONED = new DateTimeFormatterBuilder()
            .append(TIME)
            .appendPattern("[XXX][XX][X]")
            .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
            .toFormatter(Locale.ROOT);

    /**
     * Reads a time; without a zone it is of UTC. A day without a time of day is the whole day, and a time is about that time, from
     * five minutes before it to six behind it.
     *
     * @param now what relative times count from
     */
    public static Optional<SearchDate> parse(String text, Instant now) {
        Matcher relative = RELATIVE.matcher(text);
        if (relative.matches()) {
            return Optional.of(relative(relative, now));
        }
        Matcher epoch = EPOCH.matcher(text);
        if (epoch.matches()) {
            return Optional.of(about(Instant.ofEpochSecond(Long.parseLong(epoch.group("seconds")))));
        }
        if (!text.matches("\\d{4}-.*")) {
            return Optional.empty();
        }
        try {
            if (text.length() == 10) {
                Instant start = LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
                return Optional.of(new SearchDate(start, start, start.plus(1, ChronoUnit.DAYS)));
            }
            return Optional.of(about(
                    OffsetDateTime.parse(text.toUpperCase(Locale.ROOT), ZONED).toInstant()));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static SearchDate relative(Matcher relative, Instant now) {
        Duration unit = switch (relative.group("unit").toLowerCase(Locale.ROOT)) {
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            case "d" -> Duration.ofDays(1);
            default -> Duration.ofDays(7);
        };
        Duration ago = unit.multipliedBy(Long.parseLong(relative.group("number")));
        Instant at = ago.compareTo(Duration.between(EARLIEST, now)) > 0 ? EARLIEST : now.minus(ago);
        return relative.group("sign").equals("-") ? new SearchDate(at, at, null) : new SearchDate(at, null, at);
    }

    private static SearchDate about(Instant at) {
        return new SearchDate(at, at.minus(5, ChronoUnit.MINUTES), at.plus(6, ChronoUnit.MINUTES));
    }
}
