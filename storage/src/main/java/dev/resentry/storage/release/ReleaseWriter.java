package dev.resentry.storage.release;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.model.release.ReleaseOrder;
import dev.resentry.model.release.ReleaseVersion;
import dev.resentry.model.wire.ProcessedRecord.ReleaseActivity;
import dev.resentry.storage.event.NewEvent;
import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.ColumnArrays;
import dev.resentry.storage.ingest.LockOrder;
import dev.resentry.storage.outbox.EventsOutbox;
import dev.resentry.storage.session.NewSession;
import dev.resentry.storage.transaction.NewTransaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes the releases that events, transactions and sessions name, and notes when something of them was first and last seen.
 * What it writes depends on the events alone, and not on how often they come, but that {@code last_seen} may lag by a
 * minute: so a release that is known is seldom written, and batches do not wait for each other.
 * Topic {@code events} is told of those that are made.
 */
public final class ReleaseWriter implements BatchStep {
    private static final String TO_WRITE = """
            SELECT wanted.number
            FROM unnest(?, ?, ?, ?) WITH ORDINALITY AS wanted(project_id, version, first_seen, last_seen, number)
            LEFT JOIN releases r ON r.project_id = wanted.project_id AND r.version = wanted.version
            WHERE r.first_seen IS NULL OR r.first_seen > %s OR r.last_seen <= %s - interval '1 minute'
            ORDER BY wanted.number
            """.formatted(instant("wanted.first_seen"), instant("wanted.last_seen"));

    private static final String WRITE = """
            INSERT INTO releases AS r (project_id, version, first_seen, last_seen, sort_key, created_at)
            SELECT project_id, version, %s, %s, sort_key, %s
            FROM unnest(?, ?, ?, ?, ?, ?) AS new(project_id, version, first_seen, last_seen, sort_key, at)
            ON CONFLICT (project_id, version) DO UPDATE
            SET first_seen = least(r.first_seen, excluded.first_seen), last_seen = greatest(r.last_seen, excluded.last_seen)
            RETURNING project_id, version, xmax = 0 AS is_new
            """.formatted(instant("first_seen"), instant("last_seen"), instant("at"));

    private record Key(long projectId, String version) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparingLong(Key::projectId).thenComparing(Key::version);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private record Seen(Key key, Instant first, Instant last) {
        Seen plus(Seen other) {
            return new Seen(
                    key,
                    other.first.isBefore(first) ? other.first : first,
                    other.last.isAfter(last) ? other.last : last);
        }
    }

    @Override
    public LockOrder lockOrder() {
        return LockOrder.RELEASES;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        SortedMap<Key, Seen> seen = new TreeMap<>();
        batch.rows(NewEvent.class)
                .forEach(row ->
                        add(seen, row.receipt(), row.row().release(), row.row().occurredAt()));
        batch.rows(NewTransaction.class)
                .forEach(row ->
                        add(seen, row.receipt(), row.row().release(), row.row().startedAt()));
        batch.rows(NewSession.class)
                .forEach(row ->
                        add(seen, row.receipt(), row.row().release(), row.row().startedAt()));
        List<Seen> toWrite = toWrite(batch.connection(), List.copyOf(seen.values()));
        if (toWrite.isEmpty()) {
            return;
        }
        var rows = new ColumnArrays<>(batch.connection(), toWrite);
        try (PreparedStatement write = batch.connection().prepareStatement(WRITE)) {
            bind(write, rows);
            write.setArray(
                    5,
                    rows.texts(row ->
                            ReleaseOrder.sortKey(ReleaseVersion.parse(row.key().version()))));
            write.setArray(6, rows.micros(_ -> batch.at()));
            tell(batch, write);
        }
    }

    private static void tell(BatchContext batch, PreparedStatement write) throws SQLException {
        List<ReleaseActivity> made = new ArrayList<>();
        try (ResultSet row = write.executeQuery()) {
            while (row.next()) {
                if (row.getBoolean("is_new")) {
                    made.add(ReleaseNews.created(
                            row.getLong("project_id"), batch.cause(), row.getString("version"), null));
                }
            }
        }
        EventsOutbox.append(batch.connection(), made);
    }

    private static void add(SortedMap<Key, Seen> seen, Receipt receipt, @Nullable String release, Instant at) {
        if (release != null) {
            var key = new Key(receipt.projectId().value(), release);
            seen.merge(key, new Seen(key, at, at), Seen::plus);
        }
    }

    /** Looks without a lock: a release that stays as it is holds up nobody. */
    private static List<Seen> toWrite(Connection connection, List<Seen> seen) throws SQLException {
        if (seen.isEmpty()) {
            return seen;
        }
        List<Seen> toWrite = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(TO_WRITE)) {
            bind(select, new ColumnArrays<>(connection, seen));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    toWrite.add(seen.get(row.getInt(1) - 1));
                }
            }
        }
        return toWrite;
    }

    private static void bind(PreparedStatement statement, ColumnArrays<Seen> rows) throws SQLException {
        statement.setArray(1, rows.longs(row -> row.key().projectId()));
        statement.setArray(2, rows.texts(row -> row.key().version()));
        statement.setArray(3, rows.micros(Seen::first));
        statement.setArray(4, rows.micros(Seen::last));
    }
}
