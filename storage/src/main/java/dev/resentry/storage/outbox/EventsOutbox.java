package dev.resentry.storage.outbox;

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

    private static final String APPEND = "INSERT INTO events_outbox (key, value) SELECT key, value "
            + "FROM unnest(?, ?) WITH ORDINALITY AS new(key, value, position) ORDER BY position";

    private static final String APPEND_NAMED = "INSERT INTO events_outbox (key, value) SELECT key, value "
            + "FROM unnest(:keys::text[], :values::text[]) WITH ORDINALITY AS new(key, value, position) ORDER BY position";

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
    public record Entry(long id, String key, String value) {}

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

    /** How many entries wait. */
    public long depth() {
        Long depth = jdbc.queryForObject("SELECT count(*) FROM events_outbox", Long.class);
        return depth == null ? 0 : depth;
    }

    private static int publishSome(Connection connection, Publisher publisher) throws SQLException {
        if (!flag(connection, "SELECT EXISTS (SELECT FROM events_outbox)") || !flag(connection, LOCK)) {
            return 0;
        }
        try {
            List<Entry> entries = oldest(connection);
            if (entries.isEmpty()) {
                return 0;
            }
            publisher.publish(entries);
            return remove(connection, entries);
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

    private static List<Entry> oldest(Connection connection) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT id, key, value FROM events_outbox ORDER BY id LIMIT ?")) {
            select.setInt(1, BATCH);
            List<Entry> entries = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    entries.add(new Entry(rows.getLong(1), rows.getString(2), rows.getString(3)));
                }
            }
            return entries;
        }
    }

    private static int remove(Connection connection, List<Entry> entries) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM events_outbox WHERE id = ANY (?)")) {
            delete.setArray(
                    1,
                    connection.createArrayOf(
                            "int8", entries.stream().map(Entry::id).toArray()));
            return delete.executeUpdate();
        }
    }
}
