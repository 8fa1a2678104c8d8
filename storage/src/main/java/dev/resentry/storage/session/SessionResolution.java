package dev.resentry.storage.session;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How finely sessions are counted by time. */
public enum SessionResolution {
    MINUTE("session_minutes", "minute", ChronoUnit.MINUTES),
    HOUR("session_hours", "hour", ChronoUnit.HOURS);

    /** How long minutes are kept. */
    public static final Duration MINUTES_KEPT = Duration.ofDays(2);

    private final String table;
    private final String column;
    private final ChronoUnit unit;

    SessionResolution(String table, String column, ChronoUnit unit) {
        this.table = table;
        this.column = column;
        this.unit = unit;
    }

    /**
     * The begin of what is counted so finely at some moment. By hour everything is, however long ago it began; how long hours are kept
     * is a matter of retention.
     */
    public Instant keptFrom(Instant now) {
        return switch (this) {
            case MINUTE -> now.minus(MINUTES_KEPT).truncatedTo(ChronoUnit.MINUTES);
            case HOUR -> Instant.EPOCH;
        };
    }

    /** The table of the counts. */
    public String table() {
        return table;
    }

    /** The column of the table that has the time. */
    public String column() {
        return column;
    }

    /** What a row counts. */
    public ChronoUnit unit() {
        return unit;
    }
}
