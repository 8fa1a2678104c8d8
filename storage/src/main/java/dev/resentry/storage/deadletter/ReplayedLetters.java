package dev.resentry.storage.deadletter;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.ColumnArrays;
import dev.resentry.storage.ingest.LockOrder;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Of a replay: finds the open letters of single items of its envelopes and locks them, behind the projects as a retry does. So people
 * discard a letter, or a job retries it, either before the replay looks at its item or behind it.
 */
public final class ReplayedLetters implements BatchStep {
    private static final String LOCK = """
            SELECT d.id, d.envelope_id, d.item_position
            FROM unnest(?, ?) AS covered(at, id)
            JOIN dead_letters d ON d.envelope_id = covered.id AND d.envelope_received_at = %s
            WHERE d.item_position IS NOT NULL AND d.state IN ('open', 'retrying')
            ORDER BY d.id
            FOR UPDATE OF d
            """.formatted(instant("covered.at"));

    private record Place(UUID envelopeId, int position) {}

    /** The letters of a batch by the place of their item. */
    static final class Open {
        private final Map<Place, Long> letters = new HashMap<>();

        /** The letter of an item, if it has one that is open. */
        OptionalLong of(UUID envelopeId, int position) {
            Long id = letters.get(new Place(envelopeId, position));
            return id == null ? OptionalLong.empty() : OptionalLong.of(id);
        }
    }

    @Override
    public LockOrder lockOrder() {
        return LockOrder.PROJECTS;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        var covered = new ColumnArrays<>(batch.connection(), batch.receipts());
        var open = new Open();
        try (PreparedStatement lock = batch.connection().prepareStatement(LOCK)) {
            lock.setArray(1, covered.micros(Receipt::receivedAt));
            lock.setArray(2, covered.uuids(receipt -> receipt.id().value()));
            try (ResultSet rows = lock.executeQuery()) {
                while (rows.next()) {
                    open.letters.put(new Place(rows.getObject(2, UUID.class), rows.getInt(3)), rows.getLong(1));
                }
            }
        }
        batch.put(Open.class, open);
    }
}
