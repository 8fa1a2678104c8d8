package dev.resentry.storage.session;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

import dev.resentry.model.session.SessionHealth;
import dev.resentry.storage.ingest.ColumnArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The sessions of a batch that have errors or a bad end. However many updates say so, and in whichever order they come, a
 * session counts once as errored, and once as the worst that is known of it, where its first such update counted.
 */
final class ErroredSessions {
    private static final String FIND = """
            SELECT wanted.number, e.release, e.environment, e.started_at, e.health
            FROM unnest(?, ?) WITH ORDINALITY AS wanted(project_id, session, number)
            JOIN errored_sessions e ON e.project_id = wanted.project_id AND e.session = wanted.session
            """;

    private static final String PUT = """
            INSERT INTO errored_sessions (project_id, session, release, environment, started_at, health, noted_at)
            SELECT project_id, session, release, environment, %s, health, %s
            FROM unnest(?, ?, ?, ?, ?, ?, ?) AS new(project_id, session, release, environment, at, health, noted_at)
            ON CONFLICT (project_id, session) DO UPDATE SET health = excluded.health
            """.formatted(instant("at"), instant("noted_at"));

    private final SortedMap<Id, Known> sessions = new TreeMap<>(Id.ORDER);

    private record Id(long projectId, long session) {
        private static final Comparator<Id> ORDER =
                Comparator.comparingLong(Id::projectId).thenComparingLong(Id::session);
    }

    /** Where a session counts, and as what. */
    private record Known(SessionKey key, SessionHealth health) {
        Known worst(SessionHealth other) {
            return other.compareTo(health) > 0 ? new Known(key, other) : this;
        }
    }

    private record Changed(Id id, SessionKey key, SessionHealth before, SessionHealth now) {}

    void add(SessionKey key, NewSession.Update update) {
        if (update.health() != SessionHealth.HEALTHY) {
            sessions.merge(
                    new Id(key.projectId(), update.session().value()),
                    new Known(key, update.health()),
                    (known, other) -> known.worst(other.health()));
        }
    }

    /** Notes what is new, and adds how counts change by it. */
    void write(Connection connection, Instant at, SessionTotals totals) throws SQLException {
        List<Changed> changed = changed(connection);
        changed.forEach(row -> totals.add(row.key(), SessionCounts.worsened(row.before(), row.now())));
        if (changed.isEmpty()) {
            return;
        }
        var rows = new ColumnArrays<>(connection, changed);
        try (PreparedStatement put = connection.prepareStatement(PUT)) {
            put.setArray(1, rows.longs(row -> row.id().projectId()));
            put.setArray(2, rows.longs(row -> row.id().session()));
            put.setArray(3, rows.texts(row -> row.key().release()));
            put.setArray(4, rows.texts(row -> row.key().environment()));
            put.setArray(5, rows.micros(row -> row.key().startedAt()));
            put.setArray(6, rows.texts(row -> row.now().wireName()));
            put.setArray(7, rows.micros(_ -> at));
            put.executeUpdate();
        }
    }

    private List<Changed> changed(Connection connection) throws SQLException {
        if (sessions.isEmpty()) {
            return List.of();
        }
        List<Id> ids = List.copyOf(sessions.keySet());
        SortedMap<Id, Known> before = new TreeMap<>(Id.ORDER);
        var wanted = new ColumnArrays<>(connection, ids);
        try (PreparedStatement find = connection.prepareStatement(FIND)) {
            find.setArray(1, wanted.longs(Id::projectId));
            find.setArray(2, wanted.longs(Id::session));
            try (ResultSet row = find.executeQuery()) {
                while (row.next()) {
                    Id id = ids.get(row.getInt(1) - 1);
                    before.put(id, known(id, row));
                }
            }
        }
        List<Changed> changed = new ArrayList<>();
        sessions.forEach((id, now) -> {
            Known known = before.getOrDefault(id, new Known(now.key(), SessionHealth.HEALTHY));
            if (now.health().compareTo(known.health()) > 0) {
                changed.add(new Changed(id, known.key(), known.health(), now.health()));
            }
        });
        return changed;
    }

    private static Known known(Id id, ResultSet row) throws SQLException {
        Instant startedAt = row.getObject(4, OffsetDateTime.class).toInstant();
        return new Known(
                new SessionKey(id.projectId(), row.getString(2), row.getString(3), startedAt),
                SessionHealth.of(row.getString(5)));
    }
}
