package dev.resentry.storage.ingest;

import static java.util.stream.Collectors.joining;

import dev.resentry.model.envelope.RawEnvelope.Receipt;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table whose rows are derived from envelopes: it has the columns {@code received_at} and {@code envelope_id} of the envelope,
 * and the same envelope always becomes the same rows. Live batches insert; a replay rewrites the rows of the envelopes that it
 * covers, and leaves those as they are that would not change.
 *
 * @param <R> what a row is made of
 */
public final class DerivedTable<R> {
    private final String name;
    private final List<Column<R>> columns;
    private final String insert;
    private final String update;
    private final String insertMissing;
    private final String deleteStale;

    private DerivedTable(String name, List<String> key, List<Column<R>> columns) {
        this.name = name;
        this.columns = List.copyOf(columns);
        List<String> names = columns.stream().map(Column::name).toList();
        List<String> others =
                names.stream().filter(column -> !key.contains(column)).toList();
        if (!names.containsAll(key) || !names.containsAll(List.of("received_at", "envelope_id"))) {
            throw new IllegalArgumentException("table %s: the key %s and the envelope have to be among the columns %s"
                    .formatted(name, key, names));
        }
        String all = String.join(", ", names);
        String keyOfTable = prefixed("t.", key);
        String given = """
                SELECT %s FROM unnest(%s) AS given(%s)
                """.formatted(
                        columns.stream()
                                .map(column -> column.expression().formatted(column.name()) + " AS " + column.name())
                                .collect(joining(", ")),
                        String.join(", ", names.stream().map(_ -> "?").toList()),
                        all);
        String sameKey = key.stream()
                .map(column -> "t.%1$s = new.%1$s".formatted(column))
                .collect(joining(" AND "));
        this.insert = "INSERT INTO %s (%s) %s".formatted(name, all, given);
        this.update = """
                WITH new AS (%s)
                UPDATE %s AS t SET %s FROM new
                WHERE %s AND (%s) IS DISTINCT FROM (%s)
                RETURNING concat_ws('/', %s)
                """.formatted(
                        given,
                        name,
                        others.stream()
                                .map(column -> "%1$s = new.%1$s".formatted(column))
                                .collect(joining(", ")),
                        sameKey,
                        prefixed("t.", others),
                        prefixed("new.", others),
                        keyOfTable);
        this.insertMissing = """
                WITH new AS (%s)
                INSERT INTO %s AS t (%s) SELECT %s FROM new ON CONFLICT DO NOTHING
                RETURNING concat_ws('/', %s)
                """.formatted(given, name, all, all, keyOfTable);
        this.deleteStale = """
                WITH new AS (%s),
                     covered AS (SELECT %s AS received_at, id FROM unnest(?, ?) AS given(at, id))
                DELETE FROM %s AS t USING covered
                WHERE t.received_at = covered.received_at AND t.envelope_id = covered.id
                  AND NOT EXISTS (SELECT FROM new WHERE %s)
                RETURNING concat_ws('/', %s)
                """.formatted(given, ColumnArrays.instant("at"), name, sameKey, keyOfTable);
    }

    /**
     * A table.
     *
     * @param key the columns of its primary key
     * @param columns all columns that are derived, with those of the key, {@code received_at} and {@code envelope_id}
     */
    public static <R> DerivedTable<R> of(String name, List<String> key, List<Column<R>> columns) {
        return new DerivedTable<>(name, key, columns);
    }

    public String name() {
        return name;
    }

    /** Inserts rows that are not there. */
    public void insert(Connection connection, List<R> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            bind(connection, statement, rows);
            statement.executeUpdate();
        }
    }

    /**
     * Makes the rows of some envelopes those that are given: adds, changes and removes what differs.
     *
     * @param covered the envelopes that the rows are of, those without rows too
     */
    public TableChange rewrite(Connection connection, List<Receipt> covered, List<R> rows) throws SQLException {
        List<String> removed = removeStale(connection, covered, rows);
        List<String> changed = rows.isEmpty() ? List.of() : run(connection, update, rows);
        List<String> added = rows.isEmpty() ? List.of() : run(connection, insertMissing, rows);
        List<String> examples = new ArrayList<>();
        addExamples(examples, "removed", removed);
        addExamples(examples, "changed", changed);
        addExamples(examples, "added", added);
        return new TableChange(name, added.size(), changed.size(), removed.size(), examples);
    }

    private static void addExamples(List<String> examples, String what, List<String> keys) {
        keys.stream()
                .limit(TableChange.EXAMPLES - examples.size())
                .map(key -> what + " " + key)
                .forEach(examples::add);
    }

    private List<String> removeStale(Connection connection, List<Receipt> covered, List<R> rows) throws SQLException {
        var envelopes = new ColumnArrays<>(connection, covered);
        try (PreparedStatement statement = connection.prepareStatement(deleteStale)) {
            bind(connection, statement, rows);
            statement.setArray(columns.size() + 1, envelopes.micros(Receipt::receivedAt));
            statement.setArray(
                    columns.size() + 2, envelopes.uuids(receipt -> receipt.id().value()));
            return keys(statement);
        }
    }

    private List<String> run(Connection connection, String sql, List<R> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(connection, statement, rows);
            return keys(statement);
        }
    }

    private static List<String> keys(PreparedStatement statement) throws SQLException {
        List<String> keys = new ArrayList<>();
        try (ResultSet returned = statement.executeQuery()) {
            while (returned.next()) {
                keys.add(returned.getString(1));
            }
        }
        return keys;
    }

    private void bind(Connection connection, PreparedStatement statement, List<R> rows) throws SQLException {
        for (int i = 0; i < columns.size(); i++) {
            Column<R> column = columns.get(i);
            @Nullable Object[] values = rows.stream().map(column.value()).toArray(column.array());
            statement.setArray(i + 1, connection.createArrayOf(column.arrayType(), values));
        }
    }

    private static String prefixed(String prefix, List<String> names) {
        return names.stream().map(name -> prefix + name).collect(joining(", "));
    }
}
