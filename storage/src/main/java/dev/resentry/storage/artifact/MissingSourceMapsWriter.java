package dev.resentry.storage.artifact;

import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchRow;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.ColumnArrays;
import dev.resentry.storage.ingest.LockOrder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Notes the debug ids whose source maps were missing, so that an upload finds the releases that it is for. Writes one that is known at
 * most once an hour, so that batches do not wait for each other.
 */
public final class MissingSourceMapsWriter implements BatchStep {
    private static final String TO_WRITE = """
            SELECT wanted.number
            FROM unnest(?, ?, ?) WITH ORDINALITY AS wanted(project_id, debug_id, release, number)
            LEFT JOIN missing_source_maps m
              ON m.project_id = wanted.project_id AND m.debug_id = wanted.debug_id AND m.release = wanted.release
            WHERE m.last_seen IS NULL OR m.last_seen < ? - interval '1 hour'
            ORDER BY wanted.number
            """;

    private static final String WRITE = """
            INSERT INTO missing_source_maps AS m (project_id, debug_id, release, last_seen)
            SELECT project_id, debug_id, release, ? FROM unnest(?, ?, ?) AS new(project_id, debug_id, release)
            ON CONFLICT (project_id, debug_id, release) DO UPDATE SET last_seen = greatest(m.last_seen, excluded.last_seen)
            """;

    private record Missing(long projectId, UUID debugId, String release) implements Comparable<Missing> {
        private static final Comparator<Missing> ORDER = Comparator.comparingLong(Missing::projectId)
                .thenComparing(Missing::debugId)
                .thenComparing(Missing::release);

        @Override
        public int compareTo(Missing other) {
            return ORDER.compare(this, other);
        }
    }

    @Override
    public LockOrder lockOrder() {
        return LockOrder.SOURCE_MAPS;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        var missing = new TreeSet<Missing>();
        for (BatchRow<MissingSourceMaps> row : batch.rows(MissingSourceMaps.class)) {
            long project = row.receipt().projectId().value();
            row.row()
                    .debugIds()
                    .forEach(
                            id -> missing.add(new Missing(project, id, row.row().release())));
        }
        OffsetDateTime now = batch.at().atOffset(ZoneOffset.UTC);
        List<Missing> toWrite = toWrite(batch.connection(), List.copyOf(missing), now);
        if (toWrite.isEmpty()) {
            return;
        }
        try (PreparedStatement write = batch.connection().prepareStatement(WRITE)) {
            write.setObject(1, now);
            bind(write, 2, batch.connection(), toWrite);
            write.executeUpdate();
        }
    }

    /** Looks without a lock: what is known holds up nobody. */
    private static List<Missing> toWrite(Connection connection, List<Missing> missing, OffsetDateTime now)
            throws SQLException {
        if (missing.isEmpty()) {
            return missing;
        }
        List<Missing> toWrite = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(TO_WRITE)) {
            bind(select, 1, connection, missing);
            select.setObject(4, now);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    toWrite.add(missing.get(row.getInt(1) - 1));
                }
            }
        }
        return toWrite;
    }

    private static void bind(PreparedStatement statement, int first, Connection connection, List<Missing> missing)
            throws SQLException {
        var rows = new ColumnArrays<>(connection, missing);
        statement.setArray(first, rows.longs(Missing::projectId));
        statement.setArray(first + 1, rows.uuids(Missing::debugId));
        statement.setArray(first + 2, rows.texts(Missing::release));
    }
}
