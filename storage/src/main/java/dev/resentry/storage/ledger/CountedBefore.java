package dev.resentry.storage.ledger;

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
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Of a replay: notes what the totals have of its envelopes, before their rows are rewritten. Envelopes of versions without a ledger
 * are in no total and stay out of them.
 */
public final class CountedBefore implements BatchStep {
    private static final String SQL = """
            SELECT e.id, e.item_count
            FROM unnest(?, ?) AS covered(at, id)
            JOIN envelopes e ON e.received_at = %s AND e.id = covered.id
            WHERE e.processed_at IS NOT NULL
            """.formatted(instant("covered.at"));

    /**
     * What was counted.
     *
     * @param items how many were found in each envelope, by its id
     */
    record Counted(List<Receipt> envelopes, Map<UUID, Integer> items, OutcomeSums outcomes) {}

    @Override
    public LockOrder lockOrder() {
        return LockOrder.ENVELOPES;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        var covered = new ColumnArrays<>(batch.connection(), batch.receipts());
        Map<UUID, Integer> items = new HashMap<>();
        try (PreparedStatement select = batch.connection().prepareStatement(SQL)) {
            select.setArray(1, covered.micros(Receipt::receivedAt));
            select.setArray(2, covered.uuids(receipt -> receipt.id().value()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    items.put(rows.getObject(1, UUID.class), rows.getInt(2));
                }
            }
        }
        List<Receipt> envelopes = batch.receipts().stream()
                .filter(receipt -> items.containsKey(receipt.id().value()))
                .toList();
        batch.put(Counted.class, new Counted(envelopes, items, OutcomeSums.read(batch.connection(), envelopes)));
    }
}
