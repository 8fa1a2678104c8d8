package dev.resentry.storage.ingest;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import dev.resentry.model.envelope.RawEnvelope.Receipt;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

/**
 * A table whose rows are derived from envelopes: it has the columns {@code received_at} and {@code envelope_id} of the envelope,
 * and the same envelope always becomes the same rows. Live batches insert; a replay rewrites the rows of the envelopes that it
 * covers, and leaves those as they are that would not change.
 *
 * @param <R> what a row is made of
 */
public final class DerivedTable<R> {
    /** So many bytes of rows are gathered before they are sent; a batch may have many times as many. */
    private static final int SENT_AT_ONCE = 48 * 1024;

    private final String name;
    private final List<Column<R>> columns;
    private final Column<R> receivedAt;
    private final String copy;
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
        this.receivedAt = columns.get(names.indexOf("received_at"));
        String all = String.join(", ", names);
        String keyOfTable = prefixed("t.", key);
        String given = """
                SELECT %s FROM unnest(%s) AS given(%s)
                """.formatted(
                        columns.stream()
                                .map(column -> column.type().expressionOf(column.name()) + " AS " + column.name())
                                .collect(joining(", ")),
                        String.join(", ", names.stream().map(_ -> "?").toList()),
                        all);
        String sameKey = key.stream()
                .map(column -> "t.%1$s = new.%1$s".formatted(column))
                .collect(joining(" AND "));
        this.copy = "COPY %s (%s) FROM STDIN (FORMAT binary)".formatted(name, all);
        this.update = """
                WITH new AS (%s)
                UPDATE %s AS t SET %s FROM new
                WHERE %s AND (%s) IS DISTINCT FROM (%s)
                RETURNING concat_ws('/', %s), t.envelope_id
                """.formatted(
                        given,
                        name,
                        others.stream()
                                .map(column -> "%1$s = new.%1$s".formatted(column))
                                .collect(joining(", ")),
                        sameKey,
                        compared(columns, key, "t"),
                        compared(columns, key, "new"),
                        keyOfTable);
        this.insertMissing = """
                WITH new AS (%s)
                INSERT INTO %s AS t (%s) SELECT %s FROM new ON CONFLICT DO NOTHING
                RETURNING concat_ws('/', %s), t.envelope_id
                """.formatted(given, name, all, all, keyOfTable);
        this.deleteStale = """
                WITH new AS (%s),
                     covered AS (SELECT %s AS received_at, id FROM unnest(?, ?) AS given(at, id))
                DELETE FROM %s AS t USING covered
                WHERE t.received_at = covered.received_at AND t.envelope_id = covered.id
                  AND NOT EXISTS (SELECT FROM new WHERE %s)
                RETURNING concat_ws('/', %s), t.envelope_id
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

    /** Inserts rows that are not there: by COPY, as PostgreSQL has the least work with it. */
    public void insert(Connection connection, List<R> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        CopyIn copying = new CopyManager(connection.unwrap(BaseConnection.class)).copyIn(copy);
        try {
            send(copying, rows);
            copying.endCopy();
        } finally {
            if (copying.isActive()) {
                copying.cancelCopy();
            }
        }
    }

    private void send(CopyIn copying, List<R> rows) throws SQLException {
        var binary = new BinaryRows();
        binary.begin();
        for (R row : rows) {
            binary.beginRow(columns.size());
            for (Column<R> column : columns) {
                column.type().write(binary, column.value(row));
            }
            if (binary.size() >= SENT_AT_ONCE) {
                copying.writeToCopy(binary.content(), 0, binary.size());
                binary.clear();
            }
        }
        binary.end();
        copying.writeToCopy(binary.content(), 0, binary.size());
    }

    /**
     * Makes the rows of some envelopes those that are given: adds, changes and removes what differs. Days whose partition has
     * expired stay as they are.
     *
     * @param covered the envelopes that the rows are of, those without rows too
     */
    TableRewrite rewrite(Connection connection, List<Receipt> covered, List<R> rows) throws SQLException {
        KeptDays kept = KeptDays.of(connection, name, covered);
        List<R> wanted =
                rows.stream().filter(row -> kept.contains(receivedAt(row))).toList();
        List<Receipt> rewritten = covered.stream()
                .filter(receipt -> kept.contains(receipt.receivedAt()))
                .toList();
        List<Touched> removed = rewritten.isEmpty() ? List.of() : removeStale(connection, rewritten, wanted);
        List<Touched> changed = wanted.isEmpty() ? List.of() : run(connection, update, wanted);
        List<Touched> added = wanted.isEmpty() ? List.of() : run(connection, insertMissing, wanted);
        List<String> examples = new ArrayList<>();
        addExamples(examples, "removed", removed);
        addExamples(examples, "changed", changed);
        addExamples(examples, "added", added);
        Set<UUID> envelopes = new HashSet<>();
        List.of(removed, changed, added).forEach(touched -> touched.forEach(row -> envelopes.add(row.envelopeId())));
        return new TableRewrite(
                new TableChange(name, added.size(), changed.size(), removed.size(), examples), envelopes);
    }

    /** A row that was added, changed or removed. */
    private record Touched(String key, UUID envelopeId) {}

    private Instant receivedAt(R row) {
        return Instant.EPOCH.plus((Long) requireNonNull(receivedAt.value(row)), ChronoUnit.MICROS);
    }

    private static void addExamples(List<String> examples, String what, List<Touched> rows) {
        rows.stream()
                .limit(TableChange.EXAMPLES - examples.size())
                .map(row -> what + " " + row.key())
                .forEach(examples::add);
    }

    private List<Touched> removeStale(Connection connection, List<Receipt> covered, List<R> rows) throws SQLException {
        var envelopes = new ColumnArrays<>(connection, covered);
        try (PreparedStatement statement = connection.prepareStatement(deleteStale)) {
            bind(connection, statement, rows);
            statement.setArray(columns.size() + 1, envelopes.micros(Receipt::receivedAt));
            statement.setArray(
                    columns.size() + 2, envelopes.uuids(receipt -> receipt.id().value()));
            return touched(statement);
        }
    }

    private List<Touched> run(Connection connection, String sql, List<R> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(connection, statement, rows);
            return touched(statement);
        }
    }

    private static List<Touched> touched(PreparedStatement statement) throws SQLException {
        List<Touched> touched = new ArrayList<>();
        try (ResultSet returned = statement.executeQuery()) {
            while (returned.next()) {
                touched.add(new Touched(returned.getString(1), returned.getObject(2, UUID.class)));
            }
        }
        return touched;
    }

    private void bind(Connection connection, PreparedStatement statement, List<R> rows) throws SQLException {
        for (int i = 0; i < columns.size(); i++) {
            Column<R> column = columns.get(i);
            @Nullable
            Object[] values =
                    rows.stream().map(column::value).toArray(column.type().array());
            statement.setArray(i + 1, connection.createArrayOf(column.type().elements(), values));
        }
    }

    private static <R> String compared(List<Column<R>> columns, List<String> key, String side) {
        return columns.stream()
                .filter(column -> !key.contains(column.name()))
                .map(column -> column.comparedIn(side))
                .distinct()
                .collect(joining(", "));
    }

    private static String prefixed(String prefix, List<String> names) {
        return names.stream().map(name -> prefix + name).collect(joining(", "));
    }
}
