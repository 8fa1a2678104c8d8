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
import dev.resentry.storage.ledger.FateWriter.AssignedFates;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts the envelopes of a batch, the items that were found in them, and the outcomes of items. The outcomes are counted from the
 * rows that are in the table of items, and not from what was meant to be written, so that one of the two can be held
 * against the other.
 */
public final class TotalsWriter implements BatchStep {
    private static final String ENVELOPES = """
            INSERT INTO envelope_totals AS t (project_id, hour, fate, reason, envelopes, items)
            SELECT project_id, %s, fate, reason, envelopes, items
            FROM unnest(?, ?, ?, ?, ?, ?) AS new(project_id, hour, fate, reason, envelopes, items)
            ON CONFLICT (project_id, hour, fate, reason)
                DO UPDATE SET envelopes = t.envelopes + excluded.envelopes, items = t.items + excluded.items
            """.formatted(instant("hour"));

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

    private record Key(long projectId, Instant hour, String fate, String reason) implements Comparable<Key> {
        private static final Comparator<Key> ORDER = Comparator.comparingLong(Key::projectId)
                .thenComparing(Key::hour)
                .thenComparing(Key::fate)
                .thenComparing(Key::reason);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private record Total(Key key, long envelopes, long items) {
        Total plus(Total other) {
            return new Total(key, envelopes + other.envelopes, items + other.items);
        }
    }

    /** A record that no gateway wrote belongs to no project and no hour; only the fates of the topic have it. */
    private static void countEnvelopes(BatchContext batch) throws SQLException {
        Map<Key, Total> totals = new TreeMap<>();
        for (RecordFate fate : batch.get(AssignedFates.class).fates()) {
            if (fate.record() instanceof Received received) {
                String reason = fate.why() == null ? "" : fate.why().reason().wireName();
                Key key = key(received, fate.fate(), reason);
                totals.merge(key, new Total(key, 1, 0), Total::plus);
            }
        }
        for (Received received : batch.remaining()) {
            int items = received.envelope().items().size();
            if (items > 0) {
                Key key = key(received, EnvelopeFate.STORED, "");
                totals.merge(key, new Total(key, 0, items), Total::plus);
            }
        }
        if (totals.isEmpty()) {
            return;
        }
        var rows = new ColumnArrays<>(batch.connection(), List.copyOf(totals.values()));
        try (PreparedStatement insert = batch.connection().prepareStatement(ENVELOPES)) {
            insert.setArray(1, rows.longs(total -> total.key().projectId()));
            insert.setArray(2, rows.micros(total -> total.key().hour()));
            insert.setArray(3, rows.texts(total -> total.key().fate()));
            insert.setArray(4, rows.texts(total -> total.key().reason()));
            insert.setArray(5, rows.longs(Total::envelopes));
            insert.setArray(6, rows.longs(Total::items));
            insert.executeUpdate();
        }
    }

    private static Key key(Received received, EnvelopeFate fate, String reason) {
        Receipt receipt = received.envelope().raw().receipt();
        return new Key(
                receipt.projectId().value(),
                receipt.receivedAt().truncatedTo(ChronoUnit.HOURS),
                fate.wireName(),
                reason);
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

    private static void countClientReports(BatchContext batch) throws SQLException {
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
