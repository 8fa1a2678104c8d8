package dev.resentry.storage.session;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

import dev.resentry.storage.ingest.ColumnArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which items are counted, and with which of them the start of a session was: both stand on the row of the item. It is read and
 * written under the lock of the project's sessions, so that an item is counted once, and a session starts once.
 */
final class CountedItems {
    /** Updates of a session come for five days, so what is further away is another session. */
    private static final String UNCOUNTED = """
            SELECT wanted.number,
                   (SELECT count(*) FROM (
                       SELECT FROM envelope_items s
                       WHERE s.project_id = wanted.project_id AND s.started_session = wanted.session
                         AND s.received_at BETWEEN i.received_at - interval '6 days' AND i.received_at + interval '6 days'
                       LIMIT 1) AS start) > 0
            FROM unnest(?, ?, ?, ?, ?) WITH ORDINALITY AS wanted(at, id, position, project_id, session, number)
            JOIN envelope_items i ON i.received_at = %s AND i.envelope_id = wanted.id AND i.position = wanted.position
            WHERE i.sessions_counted IS NOT TRUE
            ORDER BY wanted.number
            """.formatted(instant("wanted.at"));

    private static final String NOTE = """
            UPDATE envelope_items i SET sessions_counted = true, started_session = new.session
            FROM unnest(?, ?, ?, ?) AS new(at, id, position, session)
            WHERE i.received_at = %s AND i.envelope_id = new.id AND i.position = new.position
            """.formatted(instant("new.at"));

    private CountedItems() {}

    /**
     * An item that is to be counted.
     *
     * @param start the hash of the session whose start is counted with it
     */
    record Uncounted(SessionItem item, @Nullable Long start) {}

    private record Start(long projectId, long session) {}

    /** Those that are not counted yet and whose row is there, noted as counted. */
    static List<Uncounted> take(Connection connection, List<SessionItem> items) throws SQLException {
        List<Uncounted> uncounted = uncounted(connection, items);
        if (uncounted.isEmpty()) {
            return uncounted;
        }
        var rows = new ColumnArrays<>(connection, uncounted);
        try (PreparedStatement note = connection.prepareStatement(NOTE)) {
            bindPlaces(
                    note,
                    new ColumnArrays<>(
                            connection, uncounted.stream().map(Uncounted::item).toList()));
            note.setArray(4, rows.nullableLongs(Uncounted::start));
            note.executeUpdate();
        }
        return uncounted;
    }

    private static List<Uncounted> uncounted(Connection connection, List<SessionItem> items) throws SQLException {
        var rows = new ColumnArrays<>(connection, items);
        List<Uncounted> uncounted = new ArrayList<>();
        Set<Start> started = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement(UNCOUNTED)) {
            bindPlaces(select, rows);
            select.setArray(4, rows.longs(SessionItem::projectId));
            select.setArray(5, rows.nullableLongs(SessionItem::starts));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    SessionItem item = items.get(row.getInt(1) - 1);
                    Long start = item.starts();
                    boolean counts =
                            start != null && !row.getBoolean(2) && started.add(new Start(item.projectId(), start));
                    uncounted.add(new Uncounted(item, counts ? start : null));
                }
            }
        }
        return uncounted;
    }

    private static void bindPlaces(PreparedStatement statement, ColumnArrays<SessionItem> rows) throws SQLException {
        statement.setArray(1, rows.micros(row -> row.item().receipt().receivedAt()));
        statement.setArray(2, rows.uuids(row -> row.item().receipt().id().value()));
        statement.setArray(3, rows.integers(row -> row.item().position()));
    }
}
