package dev.resentry.model.cron;

import java.time.Instant;
import java.time.ZoneId;

/** When a job is due. Pure. */
public sealed interface CronSchedule permits Crontab, RunInterval {

    /** {@code crontab} or {@code interval}. */
    String type();

    /** The form that {@link #of} reads. */
    String text();

    /** For people, such as {@code every 10 minutes}. */
    String words();

    /**
     * When it is due next.
     *
     * @param after the last run, or a time behind which a run is looked for
     */
    Instant next(Instant after, ZoneId zone);

    /**
     * Reads a schedule: a crontab such as {@code 0 4 * * 1-5}, or an interval such as {@code 10 minute}.
     *
     * @throws IllegalArgumentException if it is none; its message says why, and what was expected
     */
    static CronSchedule of(String type, String text) {
        return switch (type) {
            case Crontab.TYPE -> Crontab.parse(text);
            case RunInterval.TYPE -> RunInterval.parse(text);
            default -> throw new IllegalArgumentException("type: '%s' (expected: crontab or interval)".formatted(type));
        };
    }
}
