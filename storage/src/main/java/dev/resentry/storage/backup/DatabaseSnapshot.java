package dev.resentry.storage.backup;

import dev.resentry.storage.database.DatabaseAddress;
import dev.resentry.storage.database.SchemaMigration;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

/**
 * All tables as they were at one moment, however long reading them takes and whatever is written meanwhile: one transaction, on one
 * connection, which sees one snapshot. It holds the lock of who reads on each table, so that nothing that expires meanwhile is dropped
 * under it.
 */
public final class DatabaseSnapshot implements AutoCloseable {
    private static final int ATTEMPTS = 5;
    private static final String NO_SUCH_TABLE = "42P01";
    private static final int CURSOR_ROWS = 1_000;

    private static final String TABLES = """
            SELECT c.relname, p.relname AS parent,
                   array(SELECT a.attname FROM pg_attribute a
                         WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
                           AND a.atttypid <> 'xid8'::regtype
                         ORDER BY a.attnum)::text[] AS columns
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_inherits i ON i.inhrelid = c.oid
            LEFT JOIN pg_class p ON p.oid = i.inhparent
            WHERE n.nspname = current_schema() AND c.relkind = 'r' AND c.relname <> ?
            ORDER BY c.relname
            """;

    private static final String REFERENCES = """
            SELECT c.relname, r.relname
            FROM pg_constraint k
            JOIN pg_class c ON c.oid = k.conrelid
            JOIN pg_class r ON r.oid = k.confrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE k.contype = 'f' AND k.conparentid = 0 AND n.nspname = current_schema()
            """;

    private static final String SEQUENCES = """
            SELECT sequencename, last_value FROM pg_sequences
            WHERE schemaname = current_schema() AND last_value IS NOT NULL ORDER BY sequencename
            """;

    private static final String SCHEMA =
            "SELECT version FROM %s WHERE success AND version IS NOT NULL ORDER BY installed_rank"
                    .formatted(SchemaMigration.HISTORY);

    private final Connection connection;
    private final List<SavedTable> tables;
    private final List<String> schema;

    private DatabaseSnapshot(Connection connection, List<String> schema, List<SavedTable> tables) {
        this.connection = connection;
        this.schema = schema;
        this.tables = tables;
    }

    /**
     * Sees the database as it is now, until this is closed.
     *
     * @throws BackupException if the database cannot be read, or has no schema of ours
     */
    public static DatabaseSnapshot take(DatabaseAddress address) {
        Connection connection = null;
        try {
            connection = DirectConnections.to(address).getConnection();
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET statement_timeout = 0");
                statement.execute("SET idle_in_transaction_session_timeout = 0");
                // What holds a table for longer changes the schema.
                statement.execute("SET lock_timeout = '30s'");
                statement.execute("SET timezone = 'UTC'");
            }
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            return take(connection, address);
        } catch (SQLException e) {
            closeQuietly(connection, e);
            throw failure("%s cannot be read".formatted(address), e);
        } catch (RuntimeException e) {
            closeQuietly(connection, e);
            throw e;
        }
    }

    private static DatabaseSnapshot take(Connection connection, DatabaseAddress address) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try (Statement statement = connection.createStatement()) {
                // No day expires meanwhile: who drops one would wait for us, and all others for it.
                statement.execute("SELECT pg_advisory_xact_lock_shared(hashtext('resentry.expired_days'))");
            }
            List<SavedTable> found = tables(connection);
            if (found.stream().noneMatch(table -> table.name().equals("projects"))) {
                throw new BackupException("There is no Resentry in database %s".formatted(address));
            }
            try (Statement statement = connection.createStatement()) {
                statement.execute("LOCK TABLE "
                        + found.stream()
                                .map(table -> SavedTable.quoted(table.name()))
                                .collect(Collectors.joining(", "))
                        + " IN ACCESS SHARE MODE");
                return new DatabaseSnapshot(
                        connection, schema(connection), TableOrder.of(found, references(connection)));
            } catch (SQLException e) {
                // A day expired between the look and the lock: all is looked at again.
                connection.rollback();
                if (!NO_SUCH_TABLE.equals(e.getSQLState()) || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** The migrations that made the schema, by their versions. */
    public List<String> schema() {
        return schema;
    }

    /** All of them, those first that others refer to. */
    public List<SavedTable> tables() {
        return tables;
    }

    /** Writes the rows of a table in PostgreSQL's binary format; returns how many they are. */
    public long copy(SavedTable table, OutputStream out) throws IOException {
        try {
            return new CopyManager(connection.unwrap(BaseConnection.class)).copyOut(table.copy("TO STDOUT"), out);
        } catch (SQLException e) {
            throw failure("table %s cannot be read".formatted(table.name()), e);
        }
    }

    /** Sequences are read as they are now: no row that is seen has a number that they have not given. */
    public List<SequenceValue> sequences() {
        List<SequenceValue> values = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(SEQUENCES);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                values.add(new SequenceValue(rows.getString(1), rows.getLong(2)));
            }
            return values;
        } catch (SQLException e) {
            throw failure("the sequences cannot be read", e);
        }
    }

    public LedgerSums ledger() {
        try {
            return LedgerSums.read(connection);
        } catch (SQLException e) {
            throw failure("the ledger cannot be read", e);
        }
    }

    /** Which records of a topic were processed at this moment. */
    public TopicProgress progress(UUID topicId) {
        try {
            return TopicProgress.read(connection, topicId);
        } catch (SQLException e) {
            throw failure("the ledger cannot be read", e);
        }
    }

    /** The topics that the ledger knows, by Kafka's ids. */
    public List<UUID> ledgerTopics() {
        List<UUID> topics = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                        "SELECT DISTINCT topic_id FROM topic_partitions ORDER BY topic_id");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                topics.add(rows.getObject(1, UUID.class));
            }
            return topics;
        } catch (SQLException e) {
            throw failure("the ledger cannot be read", e);
        }
    }

    /** Whether there are blobs whose bytes are not in the database. */
    public boolean hasBlobsInBucket() {
        try (PreparedStatement select = connection.prepareStatement(
                        "SELECT EXISTS (SELECT FROM blobs WHERE content IS NULL AND complete)");
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getBoolean(1);
        } catch (SQLException e) {
            throw failure("the blobs cannot be read", e);
        }
    }

    /** Takes the hash of a blob whose bytes are not in the database. */
    @FunctionalInterface
    interface HashReader {
        void take(byte[] sha256) throws IOException;
    }

    void eachBlobInBucket(HashReader reader) throws IOException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT hash FROM blobs WHERE content IS NULL AND complete ORDER BY hash")) {
            select.setFetchSize(CURSOR_ROWS);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    reader.take(rows.getBytes(1));
                }
            }
        } catch (SQLException e) {
            throw failure("the blobs cannot be read", e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failure("the database's connection cannot be closed", e);
        }
    }

    private static List<SavedTable> tables(Connection connection) throws SQLException {
        List<SavedTable> tables = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(TABLES)) {
            select.setString(1, SchemaMigration.HISTORY);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    tables.add(new SavedTable(rows.getString(1), rows.getString(2), List.of((String[])
                            rows.getArray(3).getArray())));
                }
            }
        }
        return tables;
    }

    private static Map<String, Set<String>> references(Connection connection) throws SQLException {
        Map<String, Set<String>> references = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(REFERENCES);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                references
                        .computeIfAbsent(rows.getString(1), _ -> new HashSet<>())
                        .add(rows.getString(2));
            }
        }
        return references;
    }

    private static List<String> schema(Connection connection) throws SQLException {
        List<String> versions = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(SCHEMA);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                versions.add(rows.getString(1));
            }
        }
        return versions;
    }

    private static BackupException failure(String what, SQLException e) {
        return new BackupException("%s: %s".formatted(what, e.getMessage()), e);
    }

    private static void closeQuietly(@Nullable Connection connection, Exception failure) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                failure.addSuppressed(e);
            }
        }
    }
}
