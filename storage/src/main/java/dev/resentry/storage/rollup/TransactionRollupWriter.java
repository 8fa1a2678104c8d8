package dev.resentry.storage.rollup;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchRow;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.ColumnArrays;
import dev.resentry.storage.ingest.LockOrder;
import dev.resentry.storage.transaction.NewTransaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Counts the new transactions of a batch by minute and hour, in its transaction. A replay brings no new ones; what it changes is
 * counted by {@link RollupRebuild}.
 */
public final class TransactionRollupWriter implements BatchStep {
    private static final String SOURCE = """
            SELECT project_id, %s AS ended_at, name, op, http_method, environment, status, duration_us
            FROM unnest(?, ?, ?, ?, ?, ?, ?, ?) AS new(project_id, at, name, op, http_method, environment, status, duration_us)
            """.formatted(instant("at"));

    private static final String UNKNOWN = """
            SELECT project_id, hour, name, op, http_method, environment
            FROM (SELECT project_id, %s AS hour, name, op, http_method, environment
                  FROM unnest(?, ?, ?, ?, ?, ?) AS new(project_id, at, name, op, http_method, environment)) AS new
            WHERE NOT EXISTS (
                SELECT FROM transaction_hours h
                WHERE (h.project_id, h.hour, h.name, h.op, h.http_method, h.environment)
                    = (new.project_id, new.hour, new.name, new.op, new.http_method, new.environment))
            """.formatted(instant("at"));

    /** Only for batches with keys that are new in their hour: their number is bounded. */
    private static final String LOCK = """
            SELECT pg_advisory_xact_lock(hashtext('resentry.transactions'), (project_id & 2147483647)::int)
            FROM unnest(?) AS wanted(project_id)
            """;

    private static final String KEYS = """
            SELECT project_id, hour, (SELECT count(*) FROM transaction_hours h
                                      WHERE h.project_id = wanted.project_id AND h.hour = wanted.hour
                                        AND (h.name, h.op, h.http_method, h.environment) <> ('%s', '', '', ''))
            FROM (SELECT project_id, %s AS hour FROM unnest(?, ?) AS wanted(project_id, at)) AS wanted
            """.formatted(TransactionCounts.OTHER, instant("at"));

    private record Hour(long projectId, Instant at) {
        private static final Comparator<Hour> ORDER =
                Comparator.comparingLong(Hour::projectId).thenComparing(Hour::at);
    }

    private record Key(Hour hour, String name, String op, String method, String environment) {
        private static final Comparator<Key> ORDER = Comparator.comparing(Key::hour, Hour.ORDER)
                .thenComparing(Key::name)
                .thenComparing(Key::op)
                .thenComparing(Key::method)
                .thenComparing(Key::environment);

        Key others() {
            return new Key(hour, TransactionCounts.OTHER, "", "", "");
        }
    }

    private record Counted(
            Key key, Instant endedAt, @Nullable String status, long micros) {
        static Counted of(BatchRow<NewTransaction> row) {
            NewTransaction transaction = row.row();
            var hour = new Hour(
                    row.receipt().projectId().value(), transaction.endedAt().truncatedTo(ChronoUnit.HOURS));
            return new Counted(
                    new Key(
                            hour,
                            storable(transaction.name()),
                            storable(transaction.op()),
                            storable(transaction.httpMethod()),
                            storable(transaction.environment())),
                    transaction.endedAt(),
                    transaction.status(),
                    ChronoUnit.MICROS.between(transaction.startedAt(), transaction.endedAt()));
        }

        /** As {@link ColumnArrays#texts} writes it. */
        private static String storable(@Nullable String text) {
            return text == null ? "" : text.replace('\0', '\ufffd');
        }

        Counted foldedIf(Set<Key> folded) {
            return folded.contains(key) ? new Counted(key.others(), endedAt, status, micros) : this;
        }
    }

    @Override
    public LockOrder lockOrder() {
        return LockOrder.ROLLUPS;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        if (batch.cause() != Cause.LIVE) {
            return;
        }
        List<Counted> transactions = batch.rows(NewTransaction.class).stream()
                .map(Counted::of)
                .sorted(Comparator.comparing(Counted::endedAt))
                .toList();
        if (transactions.isEmpty()) {
            return;
        }
        Connection connection = batch.connection();
        Set<Key> folded = folded(connection, transactions);
        List<Counted> counted =
                transactions.stream().map(one -> one.foldedIf(folded)).toList();
        add(connection, Resolution.HOUR, counted);
        Instant minutesFrom = Resolution.MINUTE.keptFrom(batch.at());
        add(
                connection,
                Resolution.MINUTE,
                counted.stream()
                        .filter(one -> !one.endedAt().isBefore(minutesFrom))
                        .toList());
    }

    /** The keys that get no row of their own, because their hour has enough. */
    private static Set<Key> folded(Connection connection, List<Counted> transactions) throws SQLException {
        // In the order in which they ended first.
        List<Key> keys = transactions.stream().map(Counted::key).distinct().toList();
        if (unknown(connection, keys).isEmpty()) {
            return Set.of();
        }
        lock(connection, keys);
        Set<Key> unknown = unknown(connection, keys);
        Map<Hour, Integer> apart = apart(connection, unknown);
        Set<Key> folded = new HashSet<>();
        for (Key key : keys) {
            if (unknown.contains(key) && apart.merge(key.hour(), 1, Integer::sum) > TransactionCounts.MOST_KEYS) {
                folded.add(key);
            }
        }
        return folded;
    }

    private static Set<Key> unknown(Connection connection, List<Key> keys) throws SQLException {
        var rows = new ColumnArrays<>(connection, keys);
        try (PreparedStatement select = connection.prepareStatement(UNKNOWN)) {
            select.setArray(1, rows.longs(key -> key.hour().projectId()));
            select.setArray(2, rows.micros(key -> key.hour().at()));
            select.setArray(3, rows.texts(Key::name));
            select.setArray(4, rows.texts(Key::op));
            select.setArray(5, rows.texts(Key::method));
            select.setArray(6, rows.texts(Key::environment));
            Set<Key> unknown = new TreeSet<>(Key.ORDER);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    unknown.add(new Key(
                            new Hour(row.getLong(1), at(row, 2)),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5),
                            row.getString(6)));
                }
            }
            return unknown;
        }
    }

    private static void lock(Connection connection, List<Key> keys) throws SQLException {
        Long[] projects = keys.stream()
                .map(key -> key.hour().projectId())
                .distinct()
                .sorted()
                .toArray(Long[]::new);
        try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
            lock.setArray(1, connection.createArrayOf("int8", projects));
            lock.execute();
        }
    }

    /** How many keys of each hour have a row of their own. */
    private static Map<Hour, Integer> apart(Connection connection, Set<Key> keys) throws SQLException {
        var rows = new ColumnArrays<>(
                connection, keys.stream().map(Key::hour).distinct().toList());
        try (PreparedStatement select = connection.prepareStatement(KEYS)) {
            select.setArray(1, rows.longs(Hour::projectId));
            select.setArray(2, rows.micros(Hour::at));
            Map<Hour, Integer> apart = new HashMap<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    apart.put(new Hour(row.getLong(1), at(row, 2)), row.getInt(3));
                }
            }
            return apart;
        }
    }

    private static void add(Connection connection, Resolution resolution, List<Counted> transactions)
            throws SQLException {
        if (transactions.isEmpty()) {
            return;
        }
        var rows = new ColumnArrays<>(connection, transactions);
        try (PreparedStatement add = connection.prepareStatement(TransactionCounts.add(resolution, SOURCE))) {
            add.setArray(1, rows.longs(one -> one.key().hour().projectId()));
            add.setArray(2, rows.micros(Counted::endedAt));
            add.setArray(3, rows.texts(one -> one.key().name()));
            add.setArray(4, rows.texts(one -> one.key().op()));
            add.setArray(5, rows.texts(one -> one.key().method()));
            add.setArray(6, rows.texts(one -> one.key().environment()));
            add.setArray(7, rows.texts(Counted::status));
            add.setArray(8, rows.longs(Counted::micros));
            add.executeUpdate();
        }
    }

    private static Instant at(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
