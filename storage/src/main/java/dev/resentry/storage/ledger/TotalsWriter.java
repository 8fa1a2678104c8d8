package dev.resentry.storage.ledger;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.model.outcome.EnvelopeFate;
import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchRecord.Received;
import dev.resentry.storage.ingest.BatchRow;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.ColumnArrays;
import dev.resentry.storage.ingest.LockOrder;
import dev.resentry.storage.ingest.RecordFate;
import dev.resentry.storage.ingest.Retry;
import dev.resentry.storage.ledger.FateWriter.AssignedFates;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts the envelopes of a batch, the items that were found in them, and the outcomes of items. The outcomes are counted from the
 * rows that are in the table of items, and not from what was meant to be written, so that one of the two can be held
 * against the other.
 */
public final class TotalsWriter implements BatchStep {
    private static final String ITEMS = """
            INSERT INTO outcome_totals AS t (project_id, hour, category, outcome, reason, source, items, quantity)
            SELECT i.project_id, date_trunc('hour', i.received_at, 'UTC'), i.category, i.outcome, coalesce(i.drop_reason, ''),
                   'processor', count(*), sum(coalesce(i.quantity, 1))
            FROM unnest(?, ?) AS stored(at, id)
            JOIN envelope_items i ON i.received_at = %s AND i.envelope_id = stored.id
            GROUP BY 1, 2, 3, 4, 5
            ORDER BY 1, 2, 3, 4, 5
            ON CONFLICT (project_id, hour, category, outcome, reason, source)
                DO UPDATE SET items = t.items + excluded.items, quantity = t.quantity + excluded.quantity
            """.formatted(instant("stored.at"));

    private static final String CLIENTS = """
            INSERT INTO outcome_totals AS t (project_id, hour, category, outcome, reason, source, items, quantity)
            SELECT project_id, date_trunc('hour', %s, 'UTC'), category, outcome, reason, 'client', 0, sum(quantity)
            FROM unnest(?, ?, ?, ?, ?, ?) AS new(project_id, at, category, outcome, reason, quantity)
            GROUP BY 1, 2, 3, 4, 5
            ORDER BY 1, 2, 3, 4, 5
            ON CONFLICT (project_id, hour, category, outcome, reason, source)
                DO UPDATE SET quantity = t.quantity + excluded.quantity
            """.formatted(instant("at"));

    @Override
    public LockOrder lockOrder() {
        return LockOrder.TOTALS;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        countEnvelopes(batch);
        countItems(batch);
        countClientReports(batch);
    }

    /** A record that no gateway wrote belongs to no project and no hour; only the fates of the topic have it. */
    private static void countEnvelopes(BatchContext batch) throws SQLException {
        List<EnvelopeTotal> changes = new ArrayList<>();
        Retry retry = batch.retry();
        for (RecordFate fate : batch.get(AssignedFates.class).fates()) {
            if (fate.record() instanceof Received received) {
                String reason = fate.why() == null ? "" : fate.why().reason().wireName();
                changes.add(total(received, fate.fate(), reason, 1, 0));
                if (retry != null && retry.counted()) {
                    String former = retry.formerReason().wireName();
                    changes.add(total(received, EnvelopeFate.DEAD, former, -1, 0));
                }
            }
        }
        for (Received received : batch.remaining()) {
            int items = received.envelope().items().size();
            if (items > 0) {
                changes.add(total(received, EnvelopeFate.STORED, "", 0, items));
            }
        }
        EnvelopeTotal.add(batch.connection(), changes);
    }

    private static EnvelopeTotal total(
            Received received, EnvelopeFate fate, String reason, long envelopes, long items) {
        Receipt receipt = received.envelope().raw().receipt();
        return EnvelopeTotal.of(receipt.projectId().value(), receipt.receivedAt(), fate, reason, envelopes, items);
    }

    private static void countItems(BatchContext batch) throws SQLException {
        List<Receipt> receipts = batch.remaining().stream()
                .map(record -> record.envelope().raw().receipt())
                .toList();
        if (receipts.isEmpty()) {
            return;
        }
        var rows = new ColumnArrays<>(batch.connection(), receipts);
        try (PreparedStatement insert = batch.connection().prepareStatement(ITEMS)) {
            insert.setArray(1, rows.micros(Receipt::receivedAt));
            insert.setArray(2, rows.uuids(receipt -> receipt.id().value()));
            insert.executeUpdate();
        }
    }

    static void countClientReports(BatchContext batch) throws SQLException {
        List<BatchRow<ClientDiscard>> discards = batch.rows(ClientDiscard.class);
        if (discards.isEmpty()) {
            return;
        }
        var rows = new ColumnArrays<>(batch.connection(), discards);
        try (PreparedStatement insert = batch.connection().prepareStatement(CLIENTS)) {
            insert.setArray(1, rows.longs(row -> row.receipt().projectId().value()));
            insert.setArray(2, rows.micros(row -> row.row().at()));
            insert.setArray(3, rows.texts(row -> row.row().category().wireName()));
            insert.setArray(4, rows.texts(row -> row.row().outcome().wireName()));
            insert.setArray(5, rows.texts(row -> row.row().outcome().reasonName()));
            insert.setArray(6, rows.longs(row -> row.row().quantity()));
            insert.executeUpdate();
        }
    }
}
