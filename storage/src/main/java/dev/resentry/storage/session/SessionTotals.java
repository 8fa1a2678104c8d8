package dev.resentry.storage.session;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

import dev.resentry.model.wire.ProcessedRecord.SessionMinute;
import dev.resentry.storage.ingest.ColumnArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How the counts of sessions change by a batch. */
final class SessionTotals {
    private final SortedMap<SessionKey, SessionCounts> minutes = new TreeMap<>();

    void add(SessionKey key, SessionCounts counts) {
        minutes.merge(key, counts, SessionCounts::plus);
    }

    /** The minutes of a project in which something changes, by the project. */
    Map<Long, List<SessionMinute>> changed() {
        return minutes.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(SessionCounts.NONE))
                .map(Map.Entry::getKey)
                .collect(Collectors.groupingBy(
                        SessionKey::projectId,
                        TreeMap::new,
                        Collectors.mapping(
                                key -> new SessionMinute(key.release(), key.environment(), key.startedAt()),
                                Collectors.toList())));
    }

    /** Adds to the rows of a table those that it keeps. */
    void write(Connection connection, SessionResolution resolution, Instant now) throws SQLException {
        Instant begin = resolution.keptFrom(now);
        SortedMap<SessionKey, SessionCounts> counts = new TreeMap<>();
        minutes.forEach((key, counted) -> {
            if (!key.startedAt().isBefore(begin)) {
                counts.merge(key.truncatedTo(resolution.unit()), counted, SessionCounts::plus);
            }
        });
        List<Map.Entry<SessionKey, SessionCounts>> changed = counts.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(SessionCounts.NONE))
                .toList();
        if (changed.isEmpty()) {
            return;
        }
        String sql = """
                INSERT INTO %1$s AS t (project_id, release, environment, %2$s, sessions, errored, unhandled, abnormal, crashed,
                                       durations, duration_ms)
                SELECT project_id, release, environment, %3$s, sessions, errored, unhandled, abnormal, crashed,
                       durations, duration_ms
                FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    AS new(project_id, release, environment, at, sessions, errored, unhandled, abnormal, crashed,
                           durations, duration_ms)
                ON CONFLICT (project_id, release, environment, %2$s) DO UPDATE
                SET sessions = t.sessions + excluded.sessions, errored = t.errored + excluded.errored,
                    unhandled = t.unhandled + excluded.unhandled, abnormal = t.abnormal + excluded.abnormal,
                    crashed = t.crashed + excluded.crashed, durations = t.durations + excluded.durations,
                    duration_ms = t.duration_ms + excluded.duration_ms
                """.formatted(resolution.table(), resolution.column(), instant("at"));
        var rows = new ColumnArrays<>(connection, changed);
        try (PreparedStatement add = connection.prepareStatement(sql)) {
            add.setArray(1, rows.longs(row -> row.getKey().projectId()));
            add.setArray(2, rows.texts(row -> row.getKey().release()));
            add.setArray(3, rows.texts(row -> row.getKey().environment()));
            add.setArray(4, rows.micros(row -> row.getKey().startedAt()));
            add.setArray(5, rows.longs(row -> row.getValue().sessions()));
            add.setArray(6, rows.longs(row -> row.getValue().errored()));
            add.setArray(7, rows.longs(row -> row.getValue().unhandled()));
            add.setArray(8, rows.longs(row -> row.getValue().abnormal()));
            add.setArray(9, rows.longs(row -> row.getValue().crashed()));
            add.setArray(10, rows.longs(row -> row.getValue().durations()));
            add.setArray(11, rows.longs(row -> row.getValue().durationMillis()));
            add.executeUpdate();
        }
    }
}
