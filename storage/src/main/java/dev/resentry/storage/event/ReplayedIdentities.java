package dev.resentry.storage.event;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

import dev.resentry.model.event.EventId;
import dev.resentry.model.project.ProjectId;
import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchRow;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.ColumnArrays;
import dev.resentry.storage.ingest.LockOrder;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Of a replay: finds which events are those of their envelope and which are duplicates, as it was found when they came. An identity
 * belongs to the envelope that claimed it, which is known by its time of arrival, and of several envelopes of one microsecond by
 * the item that is stored. An identity that nobody claimed is claimed: its event could not be read before.
 */
public final class ReplayedIdentities implements BatchStep {
    private static final Comparator<BatchRow<IdentifiedRow>> ORDER =
            Comparator.<BatchRow<IdentifiedRow>, EventKey>comparing(EventKey::of)
                    .thenComparing(event -> event.receipt().receivedAt())
                    .thenComparing(event -> event.receipt().id().value());

    private static final String OWNED = """
            SELECT new.project_id, new.event_id, new.envelope_id
            FROM unnest(?, ?, ?, ?, ?) AS new(project_id, event_id, at, envelope_id, type)
            JOIN event_identities i ON i.project_id = new.project_id AND i.event_id = new.event_id AND i.received_at = %s
            WHERE NOT EXISTS (
                SELECT FROM envelope_items other
                WHERE other.received_at = i.received_at AND other.event_id = new.event_id AND other.project_id = new.project_id
                  AND other.type = new.type AND other.outcome = 'stored' AND other.envelope_id <> new.envelope_id)
            """.formatted(instant("new.at"));

    /** An event as one envelope brought it. */
    private record Brought(EventKey key, UUID envelopeId) {
        static Brought of(BatchRow<IdentifiedRow> event) {
            return new Brought(EventKey.of(event), event.receipt().id().value());
        }
    }

    @Override
    public LockOrder lockOrder() {
        return LockOrder.EVENT_IDENTITIES;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        List<BatchRow<IdentifiedRow>> events = batch.rows(IdentifiedRow.class);
        if (events.isEmpty()) {
            return;
        }
        EventIdentityWriter.claim(batch.connection(), events);
        Set<Brought> owned = owned(batch, events);
        Set<EventKey> taken = new HashSet<>();
        for (BatchRow<IdentifiedRow> event : events) {
            if (!owned.contains(Brought.of(event)) || !taken.add(EventKey.of(event))) {
                batch.markDuplicate(event);
            }
        }
    }

    private static Set<Brought> owned(BatchContext batch, List<BatchRow<IdentifiedRow>> events) throws SQLException {
        var rows = new ColumnArrays<>(
                batch.connection(), events.stream().sorted(ORDER).toList());
        try (PreparedStatement select = batch.connection().prepareStatement(OWNED)) {
            select.setArray(1, rows.longs(event -> event.receipt().projectId().value()));
            select.setArray(2, rows.uuids(event -> event.row().eventId().value()));
            select.setArray(3, rows.micros(event -> event.receipt().receivedAt()));
            select.setArray(4, rows.uuids(event -> event.receipt().id().value()));
            select.setArray(5, rows.texts(event -> event.item().header().type().wireName()));
            Set<Brought> owned = new HashSet<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    var key =
                            new EventKey(new ProjectId(found.getLong(1)), new EventId(found.getObject(2, UUID.class)));
                    owned.add(new Brought(key, found.getObject(3, UUID.class)));
                }
            }
            return owned;
        }
    }
}
