package dev.resentry.storage.ingest;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Makes the partitions of the days that envelopes arrived on, before the first envelope of the day is written. Remembers
 * what it made, so a day costs one statement a process.
 */
final class DayPartitions {
    private final JdbcClient jdbc;
    private final Set<LocalDate> ensured = ConcurrentHashMap.newKeySet();

    DayPartitions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void ensure(Collection<Instant> arrivals) {
        Set<LocalDate> days = new TreeSet<>();
        for (Instant arrival : arrivals) {
            LocalDate day = LocalDate.ofInstant(arrival, ZoneOffset.UTC);
            days.add(day);
            // Made a day ahead, midnight finds its partitions there.
            days.add(day.plusDays(1));
        }
        days.removeAll(ensured);
        for (LocalDate day : days) {
            jdbc.sql("SELECT ensure_day_partitions(:day)")
                    .param("day", day)
                    .query()
                    .listOfRows();
            ensured.add(day);
        }
    }
}
