package dev.resentry.storage.session;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

import dev.resentry.model.session.SessionTime;
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
 * Which items are counted, and what they were the first to tell: the start of a session, or sessions that an SDK counted.
 * Both stand on the row of the item. It is read and written under the lock of the project's sessions, so that an item is
 * counted once, a session starts once, and what an SDK counted is not counted again when it comes in another envelope.
 */
final class CountedItems {
    private static final String UNCOUNTED = """
            SELECT wanted.number,
                   EXISTS (
                       SELECT FROM envelope_items s
                       WHERE s.project_id = wanted.project_id AND s.started_session = wanted.session
                         AND s.received_at BETWEEN i.received_at - interval '%2$d days' AND i.received_at + interval '%2$d days')
            FROM unnest(?, ?, ?, ?, ?) WITH ORDINALITY AS wanted(at, id, position, project_id, session, number)
            JOIN envelope_items i ON i.received_at = %1$s AND i.envelope_id = wanted.id AND i.position = wanted.position
            WHERE i.sessions_counted IS NOT TRUE
            ORDER BY wanted.number
            """.formatted(instant("wanted.at"), SessionTime.KNOWN_FOR.toDays());

    private static final String NOTE = """
            UPDATE envelope_items i SET sessions_counted = true, started_session = new.session
            FROM unnest(?, ?, ?, ?) AS new(at, id, position, session)
            WHERE i.received_at = %s AND i.envelope_id = new.id AND i.position = new.position
            """.formatted(instant("new.at"));

    private CountedItems() {}

    /**
     * An item that is to be counted.
     *
     * @param first what it is the first to tell, of that by which it {@linkplain SessionItem#tells is recognised}
     */
    record Uncounted(SessionItem item, @Nullable Long first) {
        /** Whether another item has told the same. */
        boolean isRepeated() {
            return first == null && item.tells() != null;
        }
    }

    private record Told(long projectId, long hash) {}

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
            note.setArray(4, rows.nullableLongs(Uncounted::first));
            note.executeUpdate();
        }
        return uncounted;
    }

    private static List<Uncounted> uncounted(Connection connection, List<SessionItem> items) throws SQLException {
        var rows = new ColumnArrays<>(connection, items);
        List<Uncounted> uncounted = new ArrayList<>();
        Set<Told> told = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement(UNCOUNTED)) {
            bindPlaces(select, rows);
            select.setArray(4, rows.longs(SessionItem::projectId));
            select.setArray(5, rows.nullableLongs(SessionItem::tells));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    SessionItem item = items.get(row.getInt(1) - 1);
                    Long tells = item.tells();
                    boolean isFirst =
                            tells != null && !row.getBoolean(2) && told.add(new Told(item.projectId(), tells));
                    uncounted.add(new Uncounted(item, isFirst ? tells : null));
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
