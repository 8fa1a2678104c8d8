package dev.resentry.storage.ledger;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

import dev.resentry.storage.ingest.ColumnArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * By how much a total of processed items changes.
 *
 * @param reason empty if the outcome needs none
 */
record ItemTotal(
        long projectId, Instant at, String category, String outcome, String reason, long items, long quantity) {
    private static final String ADD = """
            INSERT INTO outcome_totals AS t (project_id, hour, category, outcome, reason, source, items, quantity)
            SELECT project_id, date_trunc('hour', %s, 'UTC'), category, outcome, reason, 'processor', sum(items), sum(quantity)
            FROM unnest(?, ?, ?, ?, ?, ?, ?) AS new(project_id, at, category, outcome, reason, items, quantity)
            GROUP BY 1, 2, 3, 4, 5
            ORDER BY 1, 2, 3, 4, 5
            ON CONFLICT (project_id, hour, category, outcome, reason, source)
                DO UPDATE SET items = t.items + excluded.items, quantity = t.quantity + excluded.quantity
            """.formatted(instant("at"));

    /** Adds changes to the totals, in the order of their keys. */
    static void add(Connection connection, List<ItemTotal> changes) throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        var rows = new ColumnArrays<>(connection, changes);
        try (PreparedStatement insert = connection.prepareStatement(ADD)) {
            insert.setArray(1, rows.longs(ItemTotal::projectId));
            insert.setArray(2, rows.micros(ItemTotal::at));
            insert.setArray(3, rows.texts(ItemTotal::category));
            insert.setArray(4, rows.texts(ItemTotal::outcome));
            insert.setArray(5, rows.texts(ItemTotal::reason));
            insert.setArray(6, rows.longs(ItemTotal::items));
            insert.setArray(7, rows.longs(ItemTotal::quantity));
            insert.executeUpdate();
        }
    }
}
