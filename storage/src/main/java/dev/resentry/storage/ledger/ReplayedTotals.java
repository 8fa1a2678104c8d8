package dev.resentry.storage.ledger;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchRecord.Received;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.ColumnArrays;
import dev.resentry.storage.ingest.LockOrder;
import dev.resentry.storage.ledger.CountedBefore.Counted;
import dev.resentry.storage.ledger.OutcomeSums.Sum;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Of a replay: corrects the totals by what its envelopes count differently than before. No outcome is added: an item that was dropped
 * and is stored now moves from one sum to the other.
 */
public final class ReplayedTotals implements BatchStep {
    private static final String OUTCOMES = """
            INSERT INTO outcome_totals AS t (project_id, hour, category, outcome, reason, source, items, quantity)
            SELECT project_id, %s, category, outcome, reason, 'processor', items, quantity
            FROM unnest(?, ?, ?, ?, ?, ?, ?) AS new(project_id, hour, category, outcome, reason, items, quantity)
            ON CONFLICT (project_id, hour, category, outcome, reason, source)
                DO UPDATE SET items = t.items + excluded.items, quantity = t.quantity + excluded.quantity
            """.formatted(instant("hour"));

    private static final String FOUND = """
            UPDATE envelope_totals t SET items = t.items + new.items
            FROM unnest(?, ?, ?) AS new(project_id, hour, items)
            WHERE t.project_id = new.project_id AND t.hour = %s AND t.fate = 'stored' AND t.reason = ''
            """.formatted(instant("new.hour"));

    private record Place(long projectId, Instant hour) implements Comparable<Place> {
        private static final Comparator<Place> ORDER =
                Comparator.comparingLong(Place::projectId).thenComparing(Place::hour);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    @Override
    public LockOrder lockOrder() {
        return LockOrder.TOTALS;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        Counted before = batch.get(Counted.class);
        // In the order of live batches, which count on the same rows.
        correctFound(batch, before);
        OutcomeSums after = OutcomeSums.read(batch.connection(), before.envelopes());
        correctOutcomes(batch.connection(), after.minus(before.outcomes()));
    }

    private static void correctFound(BatchContext batch, Counted before) throws SQLException {
        Map<Place, Integer> differences = new TreeMap<>();
        for (Received record : batch.remaining()) {
            Receipt receipt = record.envelope().raw().receipt();
            Integer items = before.items().get(receipt.id().value());
            if (items != null) {
                var place = new Place(
                        receipt.projectId().value(), receipt.receivedAt().truncatedTo(ChronoUnit.HOURS));
                differences.merge(place, record.envelope().items().size() - items, Integer::sum);
            }
        }
        differences.values().removeIf(difference -> difference == 0);
        if (differences.isEmpty()) {
            return;
        }
        var rows = new ColumnArrays<>(batch.connection(), List.copyOf(differences.entrySet()));
        try (PreparedStatement update = batch.connection().prepareStatement(FOUND)) {
            update.setArray(1, rows.longs(row -> row.getKey().projectId()));
            update.setArray(2, rows.micros(row -> row.getKey().hour()));
            update.setArray(3, rows.longs(Map.Entry::getValue));
            update.executeUpdate();
        }
    }

    private static void correctOutcomes(Connection connection, Map<OutcomeSums.Key, Sum> differences)
            throws SQLException {
        if (differences.isEmpty()) {
            return;
        }
        var rows = new ColumnArrays<>(connection, List.copyOf(differences.entrySet()));
        try (PreparedStatement insert = connection.prepareStatement(OUTCOMES)) {
            insert.setArray(1, rows.longs(row -> row.getKey().projectId()));
            insert.setArray(2, rows.micros(row -> row.getKey().hour()));
            insert.setArray(3, rows.texts(row -> row.getKey().category()));
            insert.setArray(4, rows.texts(row -> row.getKey().outcome()));
            insert.setArray(5, rows.texts(row -> row.getKey().reason()));
            insert.setArray(6, rows.longs(row -> row.getValue().items()));
            insert.setArray(7, rows.longs(row -> row.getValue().quantity()));
            insert.executeUpdate();
        }
    }
}
