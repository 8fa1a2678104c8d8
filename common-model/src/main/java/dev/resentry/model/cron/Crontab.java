package dev.resentry.model.cron;

import com.cronutils.descriptor.CronDescriptor;
import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A job that is due by the five fields of a crontab. When clocks change it is due as cron runs it: a time that clocks leave out is due when
 * they go on, one that they show twice is due the first time, and what is due at every hour or minute is so by the time that passes.
 */
public final class Crontab implements CronSchedule {
    static final String TYPE = "crontab";

    /** A check-in comes at its time or a little before, as clocks differ: it is not that of the run before. */
    public static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(15);

    private static final int LONGEST = 256;
    private static final List<String> FIELDS = List.of("minute", "hour", "day of month", "month", "day of week");
    private static final Map<String, String> NICKNAMES = Map.of(
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *",
            "@monthly", "0 0 1 * *",
            "@weekly", "0 0 * * 0",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@hourly", "0 * * * *");

    private static final CronDefinition DEFINITION = CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX);

    /** Sunday begins a range as 0, which the library takes for 7. */
    private static final Pattern FROM_SUNDAY = Pattern.compile("(?i)\\bsun-");

    private static final String PREFIX = "Failed to parse cron expression. ";
    private static final Instant SOME_TIME = Instant.parse("2025-12-31T23:59:00Z");

    private final String text;
    private final Cron cron;
    private final ExecutionTime times;
    private final boolean byTheClock;

    private Crontab(String text, String fields) {
        this.text = text;
        this.cron = read(fields);
        this.times = ExecutionTime.forCron(cron);
        String[] parts = fields.split(" ");
        this.byTheClock = !parts[0].startsWith("*") && !parts[1].startsWith("*");
    }

    /**
     * Reads five fields, or one of {@code @hourly}, {@code @daily}, {@code @weekly}, {@code @monthly} and {@code @yearly}.
     *
     * @throws IllegalArgumentException if it is none, or never due
     */
    public static Crontab parse(String text) {
        String given = text.strip().replaceAll("\\s+", " ");
        if (given.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "%d characters (expected: at most %d)".formatted(given.length(), LONGEST));
        }
        String fields = given;
        if (given.startsWith("@")) {
            String known = NICKNAMES.get(given.toLowerCase(Locale.ROOT));
            if (known == null) {
                throw new IllegalArgumentException(
                        "'%s' (expected: @hourly, @daily, @weekly, @monthly, @yearly or five fields)".formatted(given));
            }
            fields = known;
        }
        var crontab = new Crontab(given, FROM_SUNDAY.matcher(fields).replaceAll("0-"));
        if (crontab.times.nextExecution(SOME_TIME.atZone(ZoneOffset.UTC)).isEmpty()) {
            throw new IllegalArgumentException("'%s' is never due: there is no such day".formatted(given));
        }
        return crontab;
    }

    private static Cron read(String fields) {
        String[] parts = fields.split(" ");
        if (parts.length != FIELDS.size()) {
            throw new IllegalArgumentException(
                    "'%s' has %d fields (expected: 5: minute, hour, day of month, month, day of week)"
                            .formatted(fields, fields.isEmpty() ? 0 : parts.length));
        }
        try {
            return new CronParser(DEFINITION).parse(fields);
        } catch (IllegalArgumentException e) {
            throw fault(parts, e);
        }
    }

    /** The library does not name the field: it is the one that is wrong alone. */
    private static IllegalArgumentException fault(String[] parts, IllegalArgumentException whole) {
        for (int i = 0; i < parts.length; i++) {
            String[] alone = {"*", "*", "*", "*", "*"};
            alone[i] = parts[i];
            try {
                new CronParser(DEFINITION).parse(String.join(" ", alone));
            } catch (IllegalArgumentException e) {
                return new IllegalArgumentException("%s '%s': %s".formatted(FIELDS.get(i), parts[i], reason(e)), e);
            }
        }
        return new IllegalArgumentException(reason(whole), whole);
    }

    private static String reason(IllegalArgumentException e) {
        return String.valueOf(e.getMessage()).replace(PREFIX, "").strip();
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String text() {
        return text;
    }

    /** In English where the library's is; else the fields. */
    @Override
    public String words() {
        String[] parts = cron.asString().split(" ");
        return parts[2].equals("*") && parts[3].equals("*")
                ? CronDescriptor.instance(Locale.ENGLISH)
                        .describe(cron)
                        .replaceAll(" day$", "")
                        .replaceAll("\\s+", " ")
                        .strip()
                : text;
    }

    @Override
    public Instant next(Instant after, ZoneId zone) {
        return byTheClock ? byTheClock(after, zone) : byTime(after, zone.getRules());
    }

    /** Of what is due at fixed times of the day. What clocks show a second time was due the first time, which is behind us then. */
    private Instant byTheClock(Instant after, ZoneId zone) {
        LocalDateTime local = LocalDateTime.ofInstant(after, zone);
        while (true) {
            local = nextLocal(local);
            ZoneOffsetTransition change = zone.getRules().getTransition(local);
            Instant due = change != null && change.isGap()
                    ? change.getInstant()
                    : ZonedDateTime.ofLocal(local, zone, null).toInstant();
            if (due.isAfter(after)) {
                return due;
            }
        }
    }

    private LocalDateTime nextLocal(LocalDateTime local) {
        return times.nextExecution(local.atZone(ZoneOffset.UTC)).orElseThrow().toLocalDateTime();
    }

    private Instant byTime(Instant after, ZoneRules rules) {
        Instant from = after;
        while (true) {
            ZoneOffset offset = rules.getOffset(from);
            Optional<ZonedDateTime> found = times.nextExecution(from.atZone(offset));
            Instant due = found.orElseThrow().toInstant();
            ZoneOffsetTransition change = rules.nextTransition(from);
            if (change == null || due.isBefore(change.getInstant())) {
                return due;
            }
            // Just before the new time begins, by the new time, so that what is due as it begins is found.
            from = change.getInstant();
            Instant first = times.nextExecution(
                            from.atZone(change.getOffsetAfter()).minusNanos(1))
                    .orElseThrow()
                    .toInstant();
            if (first.equals(from)) {
                return first;
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Crontab crontab && crontab.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
