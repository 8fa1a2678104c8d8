package dev.resentry.model.cron;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A job that is due a time after it last ran. Days and more are those of its time zone. */
public record RunInterval(int value, Unit unit) implements CronSchedule {
    static final String TYPE = "interval";

    private static final int MOST = 10_000;

    /** Ten years, whichever unit they are counted in. */
    private static final Duration LONGEST = Duration.ofDays(3_660);

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,9})\\s+([a-z]+?)s?");

    public RunInterval {
        if (value < 1 || value > MOST) {
            throw new IllegalArgumentException("value: %d (expected: 1 to %d)".formatted(value, MOST));
        }
        if (unit.unit.getDuration().multipliedBy(value).compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("%d %s (expected: at most 10 years)".formatted(value, unit.wireName()));
        }
    }

    /** What an interval is counted in. */
    public enum Unit {
        MINUTE(ChronoUnit.MINUTES),
        HOUR(ChronoUnit.HOURS),
        DAY(ChronoUnit.DAYS),
        WEEK(ChronoUnit.WEEKS),
        MONTH(ChronoUnit.MONTHS),
        YEAR(ChronoUnit.YEARS);

        private final ChronoUnit unit;

        Unit(ChronoUnit unit) {
            this.unit = unit;
        }

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * The unit of a word.
         *
         * @throws IllegalArgumentException if there is none
         */
        public static Unit of(String word) {
            for (Unit unit : values()) {
                if (unit.wireName().equals(word)) {
                    return unit;
                }
            }
            throw new IllegalArgumentException(
                    "unit: '%s' (expected: minute, hour, day, week, month or year)".formatted(word));
        }
    }

    /** Reads an interval such as {@code 10 minute}. */
    static RunInterval parse(String text) {
        Matcher parts = TEXT.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "'%s' (expected: a number and a unit, such as 10 minute)".formatted(text));
        }
        return new RunInterval(Integer.parseInt(parts.group(1)), Unit.of(parts.group(2)));
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String text() {
        return value + " " + unit.wireName();
    }

    @Override
    public String words() {
        return value == 1 ? "every " + unit.wireName() : "every %d %ss".formatted(value, unit.wireName());
    }

    @Override
    public Instant next(Instant after, ZoneId zone) {
        return after.atZone(zone).plus(value, unit.unit).toInstant();
    }
}
