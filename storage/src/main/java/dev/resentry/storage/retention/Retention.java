package dev.resentry.storage.retention;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many days each kind of data is kept, by the time of its arrival. A day counts as a whole, in UTC: what arrived on the first
 * day that is kept is kept until that day ends.
 *
 * @param auditDays how long it is kept what people changed
 */
public record Retention(Map<DataKind, Integer> days, int auditDays) {
    /** Longer than there have been envelopes. */
    private static final int FOR_EVER = 36_500;

    /** @throws IllegalArgumentException if a kind is missing, or days are not positive */
    public Retention {
        days = Map.copyOf(days);
        for (DataKind kind : DataKind.values()) {
            Integer given = days.get(kind);
            if (given == null || given < 1) {
                throw new IllegalArgumentException(
                        "retention of %s: %s days (expected: >= 1)".formatted(kind.wireName(), given));
            }
        }
        if (auditDays < 1) {
            throw new IllegalArgumentException(
                    "retention of the audit log: %d days (expected: >= 1)".formatted(auditDays));
        }
    }

    /** The same days for every kind. */
    public static Retention ofDays(int days) {
        Map<DataKind, Integer> all = new EnumMap<>(DataKind.class);
        Arrays.stream(DataKind.values()).forEach(kind -> all.put(kind, days));
        return new Retention(all, days);
    }

    /** Nothing expires. */
    public static Retention unlimited() {
        return ofDays(FOR_EVER);
    }

    /** The days of a kind. */
    public int days(DataKind kind) {
        return days.getOrDefault(kind, FOR_EVER);
    }

    /** What arrived before is not kept any longer; the beginning of a UTC day. */
    public Instant keptFrom(DataKind kind, Instant now) {
        return keptFrom(days(kind), now);
    }

    /** What people changed before is not kept any longer. */
    public Instant auditKeptFrom(Instant now) {
        return keptFrom(auditDays, now);
    }

    /** Of what arrived before, nothing is kept any longer. */
    public Instant anyKeptFrom(Instant now) {
        return keptFrom(days.values().stream().mapToInt(Integer::intValue).max().orElse(FOR_EVER), now);
    }

    /** Of what arrived since, everything is kept. */
    public Instant allKeptFrom(Instant now) {
        return keptFrom(days.values().stream().mapToInt(Integer::intValue).min().orElse(FOR_EVER), now);
    }

    private static Instant keptFrom(int days, Instant now) {
        return now.minus(days, ChronoUnit.DAYS).truncatedTo(ChronoUnit.DAYS);
    }
}
