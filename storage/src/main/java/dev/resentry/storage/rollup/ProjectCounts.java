package dev.resentry.storage.rollup;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

import dev.resentry.storage.ingest.ColumnArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Events of projects by minute or hour, level and environment. Every batch of a project adds to the same few rows, so they are
 * locked in the order of their keys.
 */
final class ProjectCounts implements Rollup {
    private final Resolution resolution;
    private final Instant begin;
    private final Map<Key, Long> counts = new TreeMap<>(Key.ORDER);

    /**
     * Nothing counted yet.
     *
     * @param begin events that happened before it are not counted, because their rows are not kept
     */
    ProjectCounts(Resolution resolution, Instant begin) {
        this.resolution = resolution;
        this.begin = begin;
    }

    private record Key(long projectId, Instant at, String level, String environment) {
        private static final Comparator<Key> ORDER = Comparator.comparingLong(Key::projectId)
                .thenComparing(Key::at)
                .thenComparing(Key::level)
                .thenComparing(Key::environment);
    }

    @Override
    public void add(CountedEvent event) {
        Instant at = event.occurredAt().truncatedTo(resolution.unit());
        if (!at.isBefore(begin)) {
            counts.merge(new Key(event.projectId(), at, event.level(), event.environment()), 1L, Long::sum);
        }
    }

    @Override
    public void write(Connection connection) throws SQLException {
        if (counts.isEmpty()) {
            return;
        }
        String sql = """
                INSERT INTO %1$s AS t (project_id, %2$s, level, environment, events)
                SELECT project_id, %3$s, level, environment, events
                FROM unnest(?, ?, ?, ?, ?) AS new(project_id, at, level, environment, events)
                ON CONFLICT (project_id, %2$s, level, environment) DO UPDATE SET events = t.events + excluded.events
                """.formatted(resolution.table(), resolution.column(), instant("at"));
        var rows = new ColumnArrays<>(connection, List.copyOf(counts.entrySet()));
        try (PreparedStatement add = connection.prepareStatement(sql)) {
            add.setArray(1, rows.longs(row -> row.getKey().projectId()));
            add.setArray(2, rows.micros(row -> row.getKey().at()));
            add.setArray(3, rows.texts(row -> row.getKey().level()));
            add.setArray(4, rows.texts(row -> row.getKey().environment()));
            add.setArray(5, rows.longs(Map.Entry::getValue));
            add.executeUpdate();
        }
    }
}
