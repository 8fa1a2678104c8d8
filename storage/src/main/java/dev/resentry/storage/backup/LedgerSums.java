package dev.resentry.storage.backup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the ledger says in sum. A restore has brought back what a backup had if both say the same.
 *
 * @param records of topic {@code envelopes}, by their fates
 * @param envelopes by their fates, in the totals of projects
 * @param itemsFound in these envelopes
 * @param items by what became of them
 */
public record LedgerSums(
        Map<String, Long> records, Map<String, Long> envelopes, long itemsFound, Map<String, Long> items) {

    public LedgerSums {
        records = Map.copyOf(records);
        envelopes = Map.copyOf(envelopes);
        items = Map.copyOf(items);
    }

    /** Items that were found and not accounted for; 0 if the books are right. */
    public long difference() {
        return itemsFound - items.values().stream().mapToLong(Long::longValue).sum();
    }

    static LedgerSums read(Connection connection) throws SQLException {
        return new LedgerSums(
                sums(connection, "SELECT fate, sum(end_offset - first_offset)::bigint FROM topic_fates GROUP BY fate"),
                sums(connection, "SELECT fate, sum(envelopes)::bigint FROM envelope_totals GROUP BY fate"),
                sums(connection, "SELECT 'all', coalesce(sum(items), 0)::bigint FROM envelope_totals")
                        .getOrDefault("all", 0L),
                sums(connection, """
                        SELECT outcome, sum(items)::bigint FROM outcome_totals WHERE source = 'processor' GROUP BY outcome
                        """));
    }

    private static Map<String, Long> sums(Connection connection, String sql) throws SQLException {
        Map<String, Long> sums = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                sums.put(rows.getString(1), rows.getLong(2));
            }
        }
        return sums;
    }
}
