package dev.resentry.storage.ledger;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.storage.ingest.ColumnArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The outcomes of the items of some envelopes as their rows are at one moment, summed up as totals have them. */
record OutcomeSums(Map<Key, Sum> sums) {
    private static final String SQL = """
            SELECT i.project_id, date_trunc('hour', i.received_at, 'UTC'), i.category, i.outcome, coalesce(i.drop_reason, ''),
                   count(*), sum(coalesce(i.quantity, 1))
            FROM unnest(?, ?) AS covered(at, id)
            JOIN envelope_items i ON i.received_at = %s AND i.envelope_id = covered.id
            GROUP BY 1, 2, 3, 4, 5
            """.formatted(instant("covered.at"));

    record Key(long projectId, Instant hour, String category, String outcome, String reason)
            implements Comparable<Key> {
        private static final Comparator<Key> ORDER = Comparator.comparingLong(Key::projectId)
                .thenComparing(Key::hour)
                .thenComparing(Key::category)
                .thenComparing(Key::outcome)
                .thenComparing(Key::reason);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    record Sum(long items, long quantity) {
        static final Sum NONE = new Sum(0, 0);

        Sum minus(Sum other) {
            return new Sum(items - other.items, quantity - other.quantity);
        }
    }

    static OutcomeSums read(Connection connection, List<Receipt> envelopes) throws SQLException {
        var covered = new ColumnArrays<>(connection, envelopes);
        try (PreparedStatement select = connection.prepareStatement(SQL)) {
            select.setArray(1, covered.micros(Receipt::receivedAt));
            select.setArray(2, covered.uuids(receipt -> receipt.id().value()));
            Map<Key, Sum> sums = new TreeMap<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    var key = new Key(
                            row.getLong(1),
                            row.getObject(2, OffsetDateTime.class).toInstant(),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5));
                    sums.put(key, new Sum(row.getLong(6), row.getLong(7)));
                }
            }
            return new OutcomeSums(sums);
        }
    }

    /** By how much these are more than others; without those that are equal. */
    Map<Key, Sum> minus(OutcomeSums others) {
        Map<Key, Sum> differences = new TreeMap<>(sums);
        others.sums.forEach((key, sum) ->
                differences.put(key, sums.getOrDefault(key, Sum.NONE).minus(sum)));
        differences.values().removeIf(Sum.NONE::equals);
        return differences;
    }
}
