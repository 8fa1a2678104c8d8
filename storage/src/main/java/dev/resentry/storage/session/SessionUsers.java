package dev.resentry.storage.session;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

import dev.resentry.storage.ingest.ColumnArrays;
import dev.resentry.storage.rollup.DistinctUsers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
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

    private final SortedMap<Key, DistinctUsers> users = new TreeMap<>(Key.ORDER);

    private record Key(SessionKey hour, UserKind kind) {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::hour).thenComparing(Key::kind);
    }

    void add(SessionKey key, NewSession session) {
        if (session.user() != null) {
            for (UserKind kind : UserKind.of(session)) {
                users.computeIfAbsent(new Key(key.truncatedTo(ChronoUnit.HOURS), kind), _ -> new DistinctUsers())
                        .add(session.user().value());
            }
        }
    }

    void write(Connection connection) throws SQLException {
        if (users.isEmpty()) {
            return;
        }
        List<Map.Entry<Key, DistinctUsers>> changed = changed(connection);
        if (changed.isEmpty()) {
            return;
        }
        try (PreparedStatement put = connection.prepareStatement(PUT)) {
            var rows = new ColumnArrays<>(connection, changed);
            bindKeys(put, rows);
            put.setArray(6, rows.bytes(row -> row.getValue().toBytes()));
            put.executeUpdate();
        }
    }

    /** With the stored users, and without the rows in which none is new. */
    private List<Map.Entry<Key, DistinctUsers>> changed(Connection connection) throws SQLException {
        List<Map.Entry<Key, DistinctUsers>> given = List.copyOf(users.entrySet());
        List<Map.Entry<Key, DistinctUsers>> changed = new ArrayList<>(given);
        try (PreparedStatement find = connection.prepareStatement(FIND)) {
            bindKeys(find, new ColumnArrays<>(connection, given));
            try (ResultSet stored = find.executeQuery()) {
                while (stored.next()) {
                    Map.Entry<Key, DistinctUsers> row = given.get(stored.getInt(1) - 1);
                    byte[] before = stored.getBytes(2);
                    row.getValue().add(DistinctUsers.ofBytes(before));
                    if (Arrays.equals(before, row.getValue().toBytes())) {
                        changed.remove(row);
                    }
                }
            }
        }
        return changed;
    }

    private static void bindKeys(PreparedStatement statement, ColumnArrays<Map.Entry<Key, DistinctUsers>> rows)
            throws SQLException {
        statement.setArray(1, rows.longs(row -> row.getKey().hour().projectId()));
        statement.setArray(2, rows.texts(row -> row.getKey().hour().release()));
        statement.setArray(3, rows.texts(row -> row.getKey().hour().environment()));
        statement.setArray(4, rows.micros(row -> row.getKey().hour().startedAt()));
        statement.setArray(5, rows.texts(row -> row.getKey().kind().wireName()));
    }
}
