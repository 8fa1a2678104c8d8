package dev.resentry.storage.replay;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchRow;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.ColumnArrays;
import dev.resentry.storage.ingest.LockOrder;
import dev.resentry.storage.ingest.ReplayOrigin;
import dev.resentry.storage.transaction.NewTransaction;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Of a replay: notes when the transactions of its envelopes ended, those that are stored and those that are about to be, whether they
 * change or not. The counts of that time are made again, so that a replay fills in what was never counted.
 */
public final class TouchedTransactions implements BatchStep {
    private static final String NOTE = """
            INSERT INTO replay_touched_projects AS t (job_id, project_id, first_at, last_at)
            SELECT ?, project_id, min(ended_at), max(ended_at)
            FROM (SELECT project_id, %s AS ended_at FROM unnest(?, ?) AS new(project_id, at)
                  UNION ALL
                  SELECT t.project_id, t.ended_at
                  FROM (SELECT %s AS received_at, id FROM unnest(?, ?) AS given(arrived, id)) AS covered
                  JOIN transactions t ON t.received_at = covered.received_at AND t.envelope_id = covered.id) AS ends
            GROUP BY project_id
            ORDER BY project_id
            ON CONFLICT (job_id, project_id)
                DO UPDATE SET first_at = least(t.first_at, excluded.first_at), last_at = greatest(t.last_at, excluded.last_at)
            """.formatted(instant("at"), instant("arrived"));

    @Override
    public LockOrder lockOrder() {
        return LockOrder.ROWS;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        List<BatchRow<NewTransaction>> transactions = batch.rows(NewTransaction.class);
        List<Receipt> receipts = batch.receipts();
        if (receipts.isEmpty()) {
            return;
        }
        var rows = new ColumnArrays<>(batch.connection(), transactions);
        var covered = new ColumnArrays<>(batch.connection(), receipts);
        try (PreparedStatement note = batch.connection().prepareStatement(NOTE)) {
            note.setLong(1, batch.get(ReplayOrigin.class).jobId());
            note.setArray(2, rows.longs(row -> row.receipt().projectId().value()));
            note.setArray(3, rows.micros(row -> row.row().endedAt()));
            note.setArray(4, covered.micros(Receipt::receivedAt));
            note.setArray(5, covered.uuids(receipt -> receipt.id().value()));
            note.executeUpdate();
        }
    }
}
