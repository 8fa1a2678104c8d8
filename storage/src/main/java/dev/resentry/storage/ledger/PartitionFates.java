package dev.resentry.storage.ledger;

import dev.resentry.model.outcome.EnvelopeFate;
import dev.resentry.storage.ingest.ColumnArrays;
import dev.resentry.storage.ledger.OffsetRuns.Run;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The fates of the records of one partition, which is locked until the end of the transaction. Whoever locks several locks them in
 * the order of their topic and number.
 */
final class PartitionFates {
    private static final String MAKE = """
            INSERT INTO topic_partitions (topic_id, partition, topic, first_offset, next_offset, seen_at)
            VALUES (?, ?, ?, ?, ?, now())
            ON CONFLICT DO NOTHING
            """;

    private static final String LOCK =
            "SELECT next_offset FROM topic_partitions WHERE topic_id = ? AND partition = ? FOR UPDATE";

    /** From the run in which or behind which the first offset stands to the one in which or before which the last one does. */
    private static final String AROUND = """
            SELECT first_offset, end_offset, fate FROM topic_fates
            WHERE topic_id = ? AND partition = ? AND first_offset <= ?
              AND first_offset >= coalesce((SELECT max(first_offset) FROM topic_fates
                                            WHERE topic_id = ? AND partition = ? AND first_offset <= ?), 0)
            ORDER BY first_offset
            """;

    private static final String REMOVE =
            "DELETE FROM topic_fates WHERE topic_id = ? AND partition = ? AND first_offset = ANY (?)";

    private static final String PUT = """
            INSERT INTO topic_fates (topic_id, partition, first_offset, end_offset, fate)
            SELECT ?, ?, first_offset, end_offset, fate FROM unnest(?, ?, ?) AS new(first_offset, end_offset, fate)
            ON CONFLICT (topic_id, partition, first_offset)
                DO UPDATE SET end_offset = excluded.end_offset, fate = excluded.fate
            """;

    private static final String END_OF_RUN =
            "SELECT end_offset FROM topic_fates WHERE topic_id = ? AND partition = ? AND first_offset = ?";

    private static final String ADVANCE =
            "UPDATE topic_partitions SET next_offset = ?, seen_at = now() WHERE topic_id = ? AND partition = ?";

    private final Connection connection;
    private final UUID topicId;
    private final int partition;
    private final long nextOffset;

    private PartitionFates(Connection connection, UUID topicId, int partition, long nextOffset) {
        this.connection = connection;
        this.topicId = topicId;
        this.partition = partition;
        this.nextOffset = nextOffset;
    }

    /** Locks a partition, which the ledger knows from an offset on if it did not know it. */
    static PartitionFates lock(Connection connection, UUID topicId, int partition, String topic, long firstOffset)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(LOCK);
                PreparedStatement make = connection.prepareStatement(MAKE)) {
            select.setObject(1, topicId);
            select.setInt(2, partition);
            try (ResultSet row = select.executeQuery()) {
                if (row.next()) {
                    return new PartitionFates(connection, topicId, partition, row.getLong(1));
                }
            }
            make.setObject(1, topicId);
            make.setInt(2, partition);
            make.setString(3, topic);
            make.setLong(4, firstOffset);
            make.setLong(5, firstOffset);
            make.executeUpdate();
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return new PartitionFates(connection, topicId, partition, row.getLong(1));
            }
        }
    }

    /** All records in front of it have a fate. */
    long nextOffset() {
        return nextOffset;
    }

    /** Changes the fates of offsets from the first to the last one. */
    void update(long first, long last, Consumer<OffsetRuns> change) throws SQLException {
        // What lies between the last known fate and the first offset decides how far all is known.
        List<Run> before = around(Math.min(first, nextOffset), last + 1);
        OffsetRuns runs = new OffsetRuns(before);
        change.accept(runs);
        List<Run> after = runs.toList();
        List<Long> firsts = after.stream().map(Run::first).toList();
        remove(before.stream()
                .map(Run::first)
                .filter(offset -> !firsts.contains(offset))
                .toList());
        put(after.stream().filter(run -> !before.contains(run)).toList());
        long open = runs.firstOpen(nextOffset);
        if (open > nextOffset) {
            advance(endOfRunsFrom(open));
        }
    }

    /** The runs behind the changed ones may have been there before, as records are not always processed in order. */
    private long endOfRunsFrom(long offset) throws SQLException {
        long end = offset;
        try (PreparedStatement select = connection.prepareStatement(END_OF_RUN)) {
            select.setObject(1, topicId);
            select.setInt(2, partition);
            boolean more = true;
            while (more) {
                select.setLong(3, end);
                try (ResultSet row = select.executeQuery()) {
                    more = row.next();
                    end = more ? row.getLong(1) : end;
                }
            }
        }
        return end;
    }

    /** Gives offsets that have a fate another one. Returns those that had it. */
    Set<Long> change(SortedSet<Long> offsets, EnvelopeFate former, EnvelopeFate fate) throws SQLException {
        Set<Long> changed = new HashSet<>();
        update(offsets.first(), offsets.last(), runs -> {
            for (long offset : offsets) {
                if (runs.has(offset, former)) {
                    runs.change(offset, fate);
                    changed.add(offset);
                }
            }
        });
        return changed;
    }

    private List<Run> around(long first, long last) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(AROUND)) {
            select.setObject(1, topicId);
            select.setInt(2, partition);
            select.setLong(3, last);
            select.setObject(4, topicId);
            select.setInt(5, partition);
            // The run that ends where the first offset stands begins in front of it.
            select.setLong(6, first - 1);
            List<Run> runs = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    runs.add(new Run(rows.getLong(1), rows.getLong(2), EnvelopeFate.of(rows.getString(3))));
                }
            }
            return runs;
        }
    }

    private void remove(List<Long> firsts) throws SQLException {
        if (firsts.isEmpty()) {
            return;
        }
        try (PreparedStatement delete = connection.prepareStatement(REMOVE)) {
            delete.setObject(1, topicId);
            delete.setInt(2, partition);
            delete.setArray(3, connection.createArrayOf("int8", firsts.toArray(Long[]::new)));
            delete.executeUpdate();
        }
    }

    private void put(List<Run> runs) throws SQLException {
        if (runs.isEmpty()) {
            return;
        }
        var rows = new ColumnArrays<>(connection, runs);
        try (PreparedStatement insert = connection.prepareStatement(PUT)) {
            insert.setObject(1, topicId);
            insert.setInt(2, partition);
            insert.setArray(3, rows.longs(Run::first));
            insert.setArray(4, rows.longs(Run::end));
            insert.setArray(5, rows.texts(run -> run.fate().wireName()));
            insert.executeUpdate();
        }
    }

    private void advance(long next) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(ADVANCE)) {
            update.setLong(1, next);
            update.setObject(2, topicId);
            update.setInt(3, partition);
            update.executeUpdate();
        }
    }
}
