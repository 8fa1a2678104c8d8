package dev.resentry.storage.ledger;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

import dev.resentry.model.wire.OutcomeRecord;
import dev.resentry.storage.ingest.ColumnArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Counts what gateways say on topic {@code outcomes}, each record once, however often it stands there. */
public final class GatewayOutcomes {
    private static final String COUNT = """
            WITH given AS (
                SELECT DISTINCT ON (source, sequence) source, sequence, %s AS at, project_id, category, outcome, reason, quantity
                FROM unnest(?, ?, ?, ?, ?, ?, ?, ?)
                    AS new(source, sequence, at, project_id, category, outcome, reason, quantity)
                ORDER BY source, sequence),
            fresh AS (
                INSERT INTO outcome_records (source, sequence, at)
                SELECT source, sequence, now() FROM given ORDER BY source, sequence
                ON CONFLICT DO NOTHING
                RETURNING source, sequence)
            INSERT INTO outcome_totals AS t (project_id, hour, category, outcome, reason, source, items, quantity)
            SELECT project_id, date_trunc('hour', at, 'UTC'), category, outcome, coalesce(reason, ''), 'gateway', 0, sum(quantity)
            FROM given JOIN fresh USING (source, sequence)
            GROUP BY 1, 2, 3, 4, 5
            ORDER BY 1, 2, 3, 4, 5
            ON CONFLICT (project_id, hour, category, outcome, reason, source)
                DO UPDATE SET quantity = t.quantity + excluded.quantity
            """.formatted(instant("at"));

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    public GatewayOutcomes(DataSource dataSource, PlatformTransactionManager transactions) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Counts records that were not counted before. */
    public void count(List<OutcomeRecord> records) {
        List<OutcomeRecord> sorted = records.stream()
                .sorted(Comparator.comparing(OutcomeRecord::source).thenComparingLong(OutcomeRecord::sequence))
                .toList();
        transaction.executeWithoutResult(
                _ -> jdbc.execute((ConnectionCallback<Integer>) connection -> count(connection, sorted)));
    }

    private static int count(Connection connection, List<OutcomeRecord> records) throws SQLException {
        var rows = new ColumnArrays<>(connection, records);
        try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
            statement.setArray(1, rows.uuids(OutcomeRecord::source));
            statement.setArray(2, rows.longs(OutcomeRecord::sequence));
            statement.setArray(3, rows.micros(OutcomeRecord::timestamp));
            statement.setArray(4, rows.longs(record -> record.project().value()));
            statement.setArray(5, rows.texts(record -> record.category().wireName()));
            statement.setArray(6, rows.texts(record -> record.outcome().wireName()));
            statement.setArray(7, rows.texts(record -> record.outcome().reasonName()));
            statement.setArray(8, rows.longs(OutcomeRecord::quantity));
            return statement.executeUpdate();
        }
    }
}
