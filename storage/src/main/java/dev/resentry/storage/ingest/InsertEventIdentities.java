package dev.resentry.storage.ingest;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

import dev.resentry.model.event.EventId;
import dev.resentry.model.project.ProjectId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Claims the identities of events, and says which were free. */
final class InsertEventIdentities {
    private static final String SQL = """
            INSERT INTO event_identities (project_id, event_id, received_at)
            SELECT project_id, event_id, %s
            FROM unnest(?, ?, ?) AS new(project_id, event_id, received_at)
            ON CONFLICT DO NOTHING
            RETURNING project_id, event_id
            """.formatted(instant("received_at"));

    private InsertEventIdentities() {}

    static Set<EventKey> run(Connection connection, Collection<EventRow> events) throws SQLException {
        List<EventRow> sorted =
                events.stream().sorted(Comparator.comparing(EventRow::key)).toList();
        var rows = new ColumnArrays<>(connection, sorted);
        try (PreparedStatement insert = connection.prepareStatement(SQL)) {
            insert.setArray(1, rows.longs(row -> row.receipt().projectId().value()));
            insert.setArray(2, rows.uuids(row -> row.event().id().value()));
            insert.setArray(3, rows.micros(row -> row.receipt().receivedAt()));
            Set<EventKey> claimed = new HashSet<>();
            try (ResultSet keys = insert.executeQuery()) {
                while (keys.next()) {
                    claimed.add(
                            new EventKey(new ProjectId(keys.getLong(1)), new EventId(keys.getObject(2, UUID.class))));
                }
            }
            return claimed;
        }
    }
}
