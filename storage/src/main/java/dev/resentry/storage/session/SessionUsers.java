package dev.resentry.storage.session;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

import dev.resentry.storage.ingest.ColumnArrays;
import dev.resentry.storage.rollup.CountedUsers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The users of a batch's sessions by hour. Rows are read and written under the lock of the project's sessions. */
final class SessionUsers {
    private static final String FIND = """
            SELECT wanted.number, t.users
            FROM unnest(?, ?, ?, ?, ?) WITH ORDINALITY AS wanted(project_id, release, environment, hour, kind, number)
            JOIN session_users t ON t.project_id = wanted.project_id AND t.release = wanted.release
                                AND t.environment = wanted.environment AND t.hour = %s AND t.kind = wanted.kind
            """.formatted(instant("wanted.hour"));

    private static final String PUT = """
            INSERT INTO session_users (project_id, release, environment, hour, kind, users)
            SELECT project_id, release, environment, %s, kind, users
            FROM unnest(?, ?, ?, ?, ?, ?) AS new(project_id, release, environment, hour, kind, users)
            ON CONFLICT (project_id, release, environment, hour, kind) DO UPDATE SET users = excluded.users
            """.formatted(instant("hour"));

    private final SortedMap<Key, CountedUsers> users = new TreeMap<>(Key.ORDER);

    private record Key(SessionKey hour, UserKind kind) {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::hour).thenComparing(Key::kind);
    }

    void add(SessionKey key, NewSession session) {
        if (session.user() != null) {
            for (UserKind kind : UserKind.of(session)) {
                users.computeIfAbsent(new Key(key.truncatedTo(ChronoUnit.HOURS), kind), _ -> new CountedUsers())
                        .add(session.user().value());
            }
        }
    }

    void write(Connection connection) throws SQLException {
        if (users.isEmpty()) {
            return;
        }
        List<Map.Entry<Key, CountedUsers>> given = List.copyOf(users.entrySet());
        try (PreparedStatement find = connection.prepareStatement(FIND)) {
            bindKeys(find, new ColumnArrays<>(connection, given));
            CountedUsers.merge(find, given.stream().map(Map.Entry::getValue).toList());
        }
        // Without the rows in which no user is new.
        List<Map.Entry<Key, CountedUsers>> changed =
                given.stream().filter(row -> row.getValue().changed() != null).toList();
        if (changed.isEmpty()) {
            return;
        }
        try (PreparedStatement put = connection.prepareStatement(PUT)) {
            var rows = new ColumnArrays<>(connection, changed);
            bindKeys(put, rows);
            put.setArray(6, rows.bytes(row -> row.getValue().changed()));
            put.executeUpdate();
        }
    }

    private static void bindKeys(PreparedStatement statement, ColumnArrays<Map.Entry<Key, CountedUsers>> rows)
            throws SQLException {
        statement.setArray(1, rows.longs(row -> row.getKey().hour().projectId()));
        statement.setArray(2, rows.texts(row -> row.getKey().hour().release()));
        statement.setArray(3, rows.texts(row -> row.getKey().hour().environment()));
        statement.setArray(4, rows.micros(row -> row.getKey().hour().startedAt()));
        statement.setArray(5, rows.texts(row -> row.getKey().kind().wireName()));
    }
}
