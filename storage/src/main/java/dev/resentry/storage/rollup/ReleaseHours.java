package dev.resentry.storage.rollup;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

import dev.resentry.storage.ingest.ColumnArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Events of releases by hour and environment. Every batch of a project adds to the same few rows, in the order of their keys. */
final class ReleaseHours implements Rollup {
    private static final String ADD = """
            INSERT INTO release_hours AS t (project_id, release, hour, environment, events)
            SELECT project_id, release, %s, environment, events
            FROM unnest(?, ?, ?, ?, ?) AS new(project_id, release, at, environment, events)
            ON CONFLICT (project_id, release, hour, environment) DO UPDATE SET events = t.events + excluded.events
            """.formatted(instant("at"));

    private final Map<Key, Long> counts = new TreeMap<>(Key.ORDER);

    private record Key(long projectId, String release, Instant hour, String environment) {
        private static final Comparator<Key> ORDER = Comparator.comparingLong(Key::projectId)
                .thenComparing(Key::release)
                .thenComparing(Key::hour)
                .thenComparing(Key::environment);
    }

    @Override
    public void add(CountedEvent event) {
        if (event.release() != null) {
            counts.merge(
                    new Key(
                            event.projectId(),
                            event.release(),
                            event.occurredAt().truncatedTo(ChronoUnit.HOURS),
                            event.environment()),
                    1L,
                    Long::sum);
        }
    }

    @Override
    public void write(Connection connection) throws SQLException {
        if (counts.isEmpty()) {
            return;
        }
        var rows = new ColumnArrays<>(connection, List.copyOf(counts.entrySet()));
        try (PreparedStatement add = connection.prepareStatement(ADD)) {
            add.setArray(1, rows.longs(row -> row.getKey().projectId()));
            add.setArray(2, rows.texts(row -> row.getKey().release()));
            add.setArray(3, rows.micros(row -> row.getKey().hour()));
            add.setArray(4, rows.texts(row -> row.getKey().environment()));
            add.setArray(5, rows.longs(Map.Entry::getValue));
            add.executeUpdate();
        }
    }
}
