package dev.resentry.storage.event;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

import dev.resentry.model.event.EventId;
import dev.resentry.model.project.ProjectId;
import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchRow;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.ColumnArrays;
import dev.resentry.storage.ingest.LockOrder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Claims the identities of events and transactions. One whose identity is taken is a duplicate; of several in one batch, all but the first. */
public final class EventIdentityWriter implements BatchStep {
    private static final String SQL = """
            INSERT INTO event_identities (project_id, event_id, received_at)
            SELECT project_id, event_id, %s
            FROM unnest(?, ?, ?) AS new(project_id, event_id, received_at)
            ON CONFLICT DO NOTHING
            RETURNING project_id, event_id
            """.formatted(instant("received_at"));

    @Override
    public LockOrder lockOrder() {
        return LockOrder.EVENT_IDENTITIES;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        Map<EventKey, BatchRow<IdentifiedRow>> candidates = new LinkedHashMap<>();
        for (BatchRow<IdentifiedRow> event : batch.rows(IdentifiedRow.class)) {
            if (candidates.putIfAbsent(EventKey.of(event), event) != null) {
                batch.markDuplicate(event);
            }
        }
        if (candidates.isEmpty()) {
            return;
        }
        Set<EventKey> claimed = claim(batch.connection(), List.copyOf(candidates.values()));
        candidates.forEach((key, event) -> {
            if (!claimed.contains(key)) {
                batch.markDuplicate(event);
            }
        });
    }

    /** Claims identities that nobody has; those that were claimed now. */
    static Set<EventKey> claim(Connection connection, List<BatchRow<IdentifiedRow>> events) throws SQLException {
        var rows = new ColumnArrays<>(
                connection,
                events.stream().sorted(Comparator.comparing(EventKey::of)).toList());
        try (PreparedStatement insert = connection.prepareStatement(SQL)) {
            insert.setArray(1, rows.longs(event -> event.receipt().projectId().value()));
            insert.setArray(2, rows.uuids(event -> event.row().eventId().value()));
            insert.setArray(3, rows.micros(event -> event.receipt().receivedAt()));
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
