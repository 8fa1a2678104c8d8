package dev.resentry.storage.backup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;

/** Which records of a topic were processed, by their fates. */
public final class TopicProgress {
    private static final String NEXT = "SELECT partition, next_offset FROM topic_partitions WHERE topic_id = ?";

    /** Of those that were processed ahead of others. */
    private static final String RUNS = """
            SELECT f.partition, f.first_offset, f.end_offset
            FROM topic_fates f JOIN topic_partitions p USING (topic_id, partition)
            WHERE f.topic_id = ? AND f.end_offset > p.next_offset
            """;

    private final Map<Integer, Long> nextOffsets;
    private final Map<Integer, NavigableMap<Long, Long>> ahead;

    private TopicProgress(Map<Integer, Long> nextOffsets, Map<Integer, NavigableMap<Long, Long>> ahead) {
        this.nextOffsets = nextOffsets;
        this.ahead = ahead;
    }

    static TopicProgress read(Connection connection, UUID topicId) throws SQLException {
        Map<Integer, Long> nextOffsets = new HashMap<>();
        Map<Integer, NavigableMap<Long, Long>> ahead = new HashMap<>();
        try (PreparedStatement next = connection.prepareStatement(NEXT);
                PreparedStatement runs = connection.prepareStatement(RUNS)) {
            next.setObject(1, topicId);
            try (ResultSet rows = next.executeQuery()) {
                while (rows.next()) {
                    nextOffsets.put(rows.getInt(1), rows.getLong(2));
                }
            }
            runs.setObject(1, topicId);
            try (ResultSet rows = runs.executeQuery()) {
                while (rows.next()) {
                    ahead.computeIfAbsent(rows.getInt(1), _ -> new TreeMap<>()).put(rows.getLong(2), rows.getLong(3));
                }
            }
        }
        return new TopicProgress(nextOffsets, ahead);
    }

    /** All records in front of these offsets were processed; a partition of which none was is missing. */
    public Map<Integer, Long> nextOffsets() {
        return Map.copyOf(nextOffsets);
    }

    public boolean isProcessed(int partition, long offset) {
        Long next = nextOffsets.get(partition);
        if (next != null && offset < next) {
            return true;
        }
        NavigableMap<Long, Long> runs = ahead.get(partition);
        Map.Entry<Long, Long> run = runs == null ? null : runs.floorEntry(offset);
        return run != null && offset < run.getValue();
    }
}
