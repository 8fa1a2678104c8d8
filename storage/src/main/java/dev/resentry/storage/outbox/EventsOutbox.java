package dev.resentry.storage.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.wire.ProcessedRecord;
import dev.resentry.model.wire.ProcessedRecordJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The way from a transaction to topic {@code events}: what a transaction makes true it appends here, and a publisher empties it
 * once it is committed. Any number of processes may empty it; one at a time does, so that what concerns one issue keeps its
 * order. A crash between the topic and the removal publishes again; readers know a record by its id.
 */
public final class EventsOutbox {
    private static final int BATCH = 500;

    /** Fewer records are not worth packing. */
    private static final int WORTH_PACKING = 16;

    private static final String APPEND = "INSERT INTO events_outbox (key, value) SELECT key, value "
            + "FROM unnest(?, ?) WITH ORDINALITY AS new(key, value, position) ORDER BY position";

    private static final String APPEND_NAMED = "INSERT INTO events_outbox (key, value) SELECT key, value "
            + "FROM unnest(:keys::text[], :values::text[]) WITH ORDINALITY AS new(key, value, position) ORDER BY position";

    private static final String APPEND_PACKED = "INSERT INTO events_outbox (packed, entries) SELECT packed, entries "
            + "FROM unnest(?, ?) WITH ORDINALITY AS new(packed, entries, position) ORDER BY position";

    /** The oldest rows, up to as many entries as are published at once, but at least one. */
    private static final String OLDEST = """
            SELECT id, key, value, packed
            FROM (SELECT id, key, value, packed, sum(entries) OVER (ORDER BY id) AS entries, row_number() OVER (ORDER BY id) AS n
                  FROM (SELECT * FROM events_outbox ORDER BY id LIMIT ?) AS oldest) AS summed
            WHERE entries <= ? OR n = 1
            ORDER BY id
            """;

    private static final String ANY = "SELECT EXISTS (SELECT FROM events_outbox)";

    /** Held by the session and not by a transaction: none is open while Kafka is waited for. It ends with the session at the latest. */
    private static final String LOCK = "SELECT pg_try_advisory_lock(hashtext('resentry.events_outbox'))";

    private static final String UNLOCK = "SELECT pg_advisory_unlock(hashtext('resentry.events_outbox'))";

    private final JdbcTemplate jdbc;

    public EventsOutbox(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
    }

    /**
     * A record that waits.
     *
     * @param value the JSON of {@link ProcessedRecordJson}
     */
    @SuppressWarnings("ArrayRecordComponent") // is passed on, never compared
    public record Entry(String key, byte[] value) {}

    private record Waiting(List<Long> ids, List<Entry> entries) {}

    /** Puts entries on the topic. */
    public interface Publisher {
        /**
         * Returns once all entries are kept, those of one key in their order.
         *
         * @throws RuntimeException if one is not known to be kept
         */
        void publish(List<Entry> entries);
    }

    /** Appends records in the transaction of the connection. */
    public static void append(Connection connection, List<? extends ProcessedRecord> records) throws SQLException {
        if (records.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(APPEND)) {
            insert.setArray(
                    1,
                    connection.createArrayOf(
                            "text",
                            records.stream().map(ProcessedRecord::keyText).toArray()));
            insert.setArray(
                    2,
                    connection.createArrayOf(
                            "text",
                            records.stream().map(ProcessedRecordJson::write).toArray()));
            insert.executeUpdate();
        }
    }

    /**
     * Appends records that are told in great numbers, in the transaction of the connection: of many, a row holds as many as are published
     * at once.
     */
    static void appendMany(Connection connection, List<? extends ProcessedRecord> records) throws SQLException {
        if (records.size() < WORTH_PACKING) {
            append(connection, records);
            return;
        }
        List<byte[]> packed = new ArrayList<>();
        List<Integer> entries = new ArrayList<>();
        for (int from = 0; from < records.size(); from += BATCH) {
            List<? extends ProcessedRecord> part = records.subList(from, Math.min(from + BATCH, records.size()));
            packed.add(PackedEntries.pack(part));
            entries.add(part.size());
        }
        try (PreparedStatement insert = connection.prepareStatement(APPEND_PACKED)) {
            insert.setArray(1, connection.createArrayOf("bytea", packed.toArray(byte[][]::new)));
            insert.setArray(2, connection.createArrayOf("int4", entries.toArray(Integer[]::new)));
            insert.executeUpdate();
        }
    }

    /** Appends records in the caller's transaction. */
    public static void append(JdbcClient jdbc, List<? extends ProcessedRecord> records) {
        if (records.isEmpty()) {
            return;
        }
        jdbc.sql(APPEND_NAMED)
                .param("keys", records.stream().map(ProcessedRecord::keyText).toArray(String[]::new))
                .param(
                        "values",
                        records.stream().map(ProcessedRecordJson::write).toArray(String[]::new))
                .update();
    }

    /**
     * Publishes the oldest entries and removes them once they are kept.
     *
     * @return how many were removed; 0 if there are none or another process is at it
     * @throws DataAccessException if the database does not answer
     */
    public int publishSome(Publisher publisher) {
        Integer published =
                jdbc.execute((ConnectionCallback<Integer>) connection -> publishSome(connection, publisher));
        return published == null ? 0 : published;
    }

    /** Whether nothing waits. */
    public boolean isEmpty() {
        return !Boolean.TRUE.equals(jdbc.queryForObject(ANY, Boolean.class));
    }

    /** How many entries wait. */
    public long depth() {
        Long depth = jdbc.queryForObject("SELECT coalesce(sum(entries), 0) FROM events_outbox", Long.class);
        return depth == null ? 0 : depth;
    }

    private static int publishSome(Connection connection, Publisher publisher) throws SQLException {
        if (!flag(connection, ANY) || !flag(connection, LOCK)) {
            return 0;
        }
        try {
            Waiting oldest = oldest(connection);
            if (oldest.ids().isEmpty()) {
                return 0;
            }
            publisher.publish(oldest.entries());
            remove(connection, oldest.ids());
            return oldest.entries().size();
        } finally {
            flag(connection, UNLOCK);
        }
    }

    private static boolean flag(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static Waiting oldest(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(OLDEST)) {
            select.setInt(1, BATCH);
            select.setInt(2, BATCH);
            var oldest = new Waiting(new ArrayList<>(), new ArrayList<>());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    oldest.ids().add(rows.getLong(1));
                    byte[] packed = rows.getBytes(4);
                    if (packed == null) {
                        oldest.entries()
                                .add(new Entry(
                                        rows.getString(2), rows.getString(3).getBytes(UTF_8)));
                    } else {
                        oldest.entries().addAll(PackedEntries.unpack(packed));
                    }
                }
            }
            return oldest;
        }
    }

    private static void remove(Connection connection, List<Long> ids) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM events_outbox WHERE id = ANY (?)")) {
            delete.setArray(1, connection.createArrayOf("int8", ids.toArray(Long[]::new)));
            delete.executeUpdate();
        }
    }
}
