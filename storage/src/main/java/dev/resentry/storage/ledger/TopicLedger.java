package dev.resentry.storage.ledger;

import dev.resentry.model.outcome.EnvelopeFate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What the broker says of topic {@code envelopes}, held against what was processed: where its partitions end, and what its
 * retention removed before it was processed. Any number of processes may note the same.
 */
public final class TopicLedger {
    private static final String NOTE_END = """
            INSERT INTO topic_ends AS t (topic_id, partition, at, end_offset) VALUES (?, ?, ?, ?)
            ON CONFLICT (topic_id, partition, at) DO UPDATE SET end_offset = greatest(t.end_offset, excluded.end_offset)
            """;

    private static final String NOTE_MINUTE = """
            INSERT INTO topic_minutes AS m (topic_id, partition, at, end_offset, next_offset)
            SELECT p.topic_id, p.partition, ?, given.end_offset, p.next_offset
            FROM topic_partitions p JOIN unnest(?, ?) AS given(partition, end_offset) USING (partition)
            WHERE p.topic_id = ?
            ORDER BY p.partition
            ON CONFLICT (topic_id, partition, at)
                DO UPDATE SET end_offset = greatest(m.end_offset, excluded.end_offset),
                              next_offset = greatest(m.next_offset, excluded.next_offset)
            """;

    private static final String OLDER_TOPICS = """
            SELECT p.topic_id, p.partition, p.next_offset,
                   (SELECT max(e.end_offset) FROM topic_ends e
                    WHERE e.topic_id = p.topic_id AND e.partition = p.partition) AS end_offset
            FROM topic_partitions p
            WHERE p.topic = ? AND p.topic_id <> ?
            ORDER BY p.topic_id, p.partition
            """;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final Map<Partition, Long> notedEnds = new ConcurrentHashMap<>();
    private volatile @Nullable UUID notedTopic;

    public TopicLedger(DataSource dataSource, PlatformTransactionManager transactions) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * A partition as the broker has it.
     *
     * @param beginOffset the oldest record that is still there
     * @param endOffset behind the newest one
     * @param committedOffset what its consumers have processed, if they have processed anything
     */
    public record PartitionBounds(
            long beginOffset, long endOffset, @Nullable Long committedOffset) {}

    private record Partition(UUID topicId, int partition) {}

    /** What is noted in a minute was true before it ended. */
    private static Instant endOfMinute(Instant at) {
        return at.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
    }

    /**
     * Notes the bounds of all partitions, and as lost what is gone and was not processed.
     *
     * @return how many records were found to be lost, by partition
     */
    public Map<Integer, Long> note(String topic, UUID topicId, Map<Integer, PartitionBounds> partitions, Instant at) {
        Map<Integer, Long> lost = transaction.execute(_ -> jdbc.execute((ConnectionCallback<Map<Integer, Long>>)
                connection -> note(connection, topic, topicId, partitions, endOfMinute(at))));
        notedTopic = topicId;
        partitions.forEach((partition, bounds) -> notedEnds.put(new Partition(topicId, partition), bounds.endOffset()));
        return lost;
    }

    private Map<Integer, Long> note(
            Connection connection, String topic, UUID topicId, Map<Integer, PartitionBounds> partitions, Instant at)
            throws SQLException {
        Map<Integer, Long> lost = new TreeMap<>();
        Map<Integer, Long> nextOffsets = nextOffsets(connection, topicId);
        for (Map.Entry<Integer, PartitionBounds> entry : new TreeMap<>(partitions).entrySet()) {
            int partition = entry.getKey();
            PartitionBounds bounds = entry.getValue();
            Long next = nextOffsets.get(partition);
            // Locked only if there is something to change: most of the time there is not.
            if (next == null || next < bounds.beginOffset()) {
                Long committed = bounds.committedOffset();
                long first = committed == null ? bounds.beginOffset() : committed;
                PartitionFates fates = PartitionFates.lock(connection, topicId, partition, topic, first);
                loseUpTo(fates, bounds.beginOffset(), partition, lost);
            }
            if (!Objects.equals(notedEnds.get(new Partition(topicId, partition)), bounds.endOffset())) {
                noteEnd(connection, topicId, partition, at, bounds.endOffset());
            }
        }
        if (!topicId.equals(notedTopic) && !hasMinutes(connection, topicId)) {
            // The first minute of a topic counts from the first look on, so that there is something to show of it.
            noteMinute(connection, topicId, partitions, at.minus(1, ChronoUnit.MINUTES));
        }
        noteMinute(connection, topicId, partitions, at);
        if (!topicId.equals(notedTopic)) {
            loseOlderTopics(connection, topic, topicId, lost);
        }
        return lost;
    }

    private static boolean hasMinutes(Connection connection, UUID topicId) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT 1 FROM topic_minutes WHERE topic_id = ? LIMIT 1")) {
            select.setObject(1, topicId);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** Noted whether or not anything moved: a minute without a row is one in which nobody looked. */
    private static void noteMinute(
            Connection connection, UUID topicId, Map<Integer, PartitionBounds> partitions, Instant at)
            throws SQLException {
        var ends = new TreeMap<>(partitions);
        try (PreparedStatement insert = connection.prepareStatement(NOTE_MINUTE)) {
            insert.setObject(1, at.atOffset(ZoneOffset.UTC));
            insert.setArray(2, connection.createArrayOf("int4", ends.keySet().toArray()));
            insert.setArray(
                    3,
                    connection.createArrayOf(
                            "int8",
                            ends.values().stream()
                                    .map(PartitionBounds::endOffset)
                                    .toArray()));
            insert.setObject(4, topicId);
            insert.executeUpdate();
        }
    }

    private static Map<Integer, Long> nextOffsets(Connection connection, UUID topicId) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT partition, next_offset FROM topic_partitions WHERE topic_id = ?")) {
            select.setObject(1, topicId);
            Map<Integer, Long> offsets = new HashMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    offsets.put(rows.getInt(1), rows.getLong(2));
                }
            }
            return offsets;
        }
    }

    private static void loseUpTo(PartitionFates fates, long end, int partition, Map<Integer, Long> lost)
            throws SQLException {
        long next = fates.nextOffset();
        if (end > next) {
            fates.update(next, end - 1, runs -> {
                long filled = runs.fill(next, end, EnvelopeFate.LOST);
                if (filled > 0) {
                    lost.merge(partition, filled, Long::sum);
                }
            });
        }
    }

    /** A topic that was removed and made anew took along what was not processed. */
    private static void loseOlderTopics(Connection connection, String topic, UUID topicId, Map<Integer, Long> lost)
            throws SQLException {
        record Older(UUID topicId, int partition, long end) {}
        Map<Integer, Older> gone = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement(OLDER_TOPICS)) {
            select.setString(1, topic);
            select.setObject(2, topicId);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    long end = rows.getLong(4);
                    if (end > rows.getLong(3)) {
                        gone.put(gone.size(), new Older(rows.getObject(1, UUID.class), rows.getInt(2), end));
                    }
                }
            }
        }
        for (Older older : gone.values()) {
            PartitionFates fates =
                    PartitionFates.lock(connection, older.topicId(), older.partition(), topic, older.end());
            loseUpTo(fates, older.end(), older.partition(), lost);
        }
    }

    private static void noteEnd(Connection connection, UUID topicId, int partition, Instant at, long end)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(NOTE_END)) {
            insert.setObject(1, topicId);
            insert.setInt(2, partition);
            insert.setObject(3, at.atOffset(ZoneOffset.UTC));
            insert.setLong(4, end);
            insert.executeUpdate();
        }
    }
}
