package dev.resentry.storage.envelope;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchRecord.Received;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.ColumnArrays;
import dev.resentry.storage.ingest.LockOrder;
import dev.resentry.storage.ingest.TableChange;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Of a replay: corrects what the rows of envelopes say of their content, where it differs. */
public final class ReplayedEnvelopes implements BatchStep {
    private static final String SQL = """
            UPDATE envelopes e SET event_id = new.event_id, item_count = new.item_count
            FROM unnest(?, ?, ?, ?) AS new(at, id, event_id, item_count)
            WHERE e.received_at = %s AND e.id = new.id
              AND (e.event_id, e.item_count) IS DISTINCT FROM (new.event_id, new.item_count)
            RETURNING 'changed ' || e.id
            """.formatted(instant("new.at"));

    @Override
    public LockOrder lockOrder() {
        return LockOrder.ROWS;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        var rows = new ColumnArrays<>(
                batch.connection(),
                batch.remaining().stream().map(Received::envelope).toList());
        try (PreparedStatement update = batch.connection().prepareStatement(SQL)) {
            update.setArray(1, rows.micros(envelope -> envelope.raw().receipt().receivedAt()));
            update.setArray(
                    2, rows.uuids(envelope -> envelope.raw().receipt().id().value()));
            update.setArray(
                    3,
                    rows.uuids(envelope -> envelope.eventId() == null
                            ? null
                            : envelope.eventId().value()));
            update.setArray(4, rows.integers(envelope -> envelope.items().size()));
            List<String> changed = new ArrayList<>();
            try (ResultSet returned = update.executeQuery()) {
                while (returned.next()) {
                    changed.add(returned.getString(1));
                }
            }
            batch.noteChange(TableChange.of("envelopes", 0, changed.size(), 0, changed));
        }
    }
}
