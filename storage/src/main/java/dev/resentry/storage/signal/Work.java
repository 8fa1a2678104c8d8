package dev.resentry.storage.signal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the database tells of: rows that somebody has to do something about. Named as the table. */
public enum Work {
    ALERT_RULES,
    DELIVERIES,
    EVENTS_OUTBOX,
    JOBS,
    MONITORS,
    PROJECT_OUTBOX,
    PROJECT_PROCESSING,
    UPTIME_CHECKS;

    /** Empty for what only another release tells of. */
    static Optional<Work> ofTable(String table) {
        return Arrays.stream(values())
                .filter(work -> work.name().toLowerCase(Locale.ROOT).equals(table))
                .findFirst();
    }
}
