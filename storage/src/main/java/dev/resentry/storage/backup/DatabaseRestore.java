package dev.resentry.storage.backup;

import dev.resentry.storage.database.DatabaseAddress;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.storage.ledger.MovedRecords;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import javax.sql.DataSource;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

/**
 * Fills an empty database with what a {@link DatabaseSnapshot} gave. Steps, in this order: {@link #requireEmpty}, {@link #createSchema},
 * {@link #prepare}, {@link #load} for each table, {@link #numberOn}, {@link #complete}. Until the last of them no service starts on it: the list of
 * migrations bears another name.
 *
 * <p>Nothing of it needs a superuser: tables are loaded in the order in which they refer to each other, and triggers of ours are off meanwhile.
 */
public final class DatabaseRestore implements AutoCloseable {
    private static final int COPY_BUFFER = 1 << 16;

    private static final String RELATIONS = """
            SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') ORDER BY c.relname
            """;

    private static final String DAYS = """
            SELECT c.relname, p.relname FROM pg_inherits i
            JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_class p ON p.oid = i.inhparent
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = current_schema() AND c.relkind = 'r'
            """;

    private static final String TRIGGERS = """
            SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = current_schema() AND NOT t.tgisinternal AND t.tgparentid = 0
            """;

    private final DatabaseAddress address;
    private final DataSource dataSource;
    private final Connection connection;
    private final List<String> withTriggers = new ArrayList<>();

    public DatabaseRestore(DatabaseAddress address) {
        this.address = address;
        this.dataSource = DirectConnections.to(address);
        try {
            this.connection = dataSource.getConnection();
            run("SET statement_timeout = 0");
            run("SET timezone = 'UTC'");
            // The last step waits for the disk, and with it for all before it.
            run("SET synchronous_commit = off");
        } catch (SQLException e) {
            throw new BackupException("%s cannot be reached: %s".formatted(address, e.getMessage()), e);
        }
    }

    /**
     * Looks whether there is anything.
     *
     * @throws BackupException if the database holds anything
     */
    public void requireEmpty() {
        List<String> found = names(RELATIONS);
        if (found.contains(SchemaMigration.UNFINISHED)) {
            throw new BackupException(
                    "A restore into %s was cut off; make the database anew, or remove the data directory, and restore again"
                            .formatted(address));
        }
        if (!found.isEmpty()) {
            throw new BackupException(
                    "Database %s is not empty: it has %d tables, such as %s. A backup is restored into an empty installation only"
                            .formatted(address, found.size(), found.getFirst()));
        }
    }

    /**
     * Makes the schema that the backup has.
     *
     * @throws BackupException if this build does not know it, or knows migrations that should have come before its last one
     */
    public void createSchema(List<String> versions) {
        SchemaMigration newest = new SchemaMigration(dataSource);
        List<String> known = newest.versions();
        List<String> newer =
                versions.stream().filter(version -> !known.contains(version)).toList();
        if (!newer.isEmpty()) {
            throw new BackupException(
                    "The backup was made by a newer Resentry: it has migration %s, and this one knows them up to %s. Restore it with that one"
                            .formatted(newer.getLast(), known.getLast()));
        }
        SchemaMigration target = SchemaMigration.upTo(dataSource, versions.getLast());
        List<String> surplus = target.versions().stream()
                .filter(version -> !versions.contains(version))
                .toList();
        if (!surplus.isEmpty()) {
            throw new BackupException(
                    "The backup lacks migration %s, which comes before its last one (%s). Restore it with the Resentry that made it"
                            .formatted(surplus.getFirst(), versions.getLast()));
        }
        target.migrateUnfinished();
    }

    /** Makes the days of the partitioned tables, removes what migrations put into tables, and turns triggers off. */
    public void prepare(List<SavedTable> tables) {
        Set<String> wanted = new HashSet<>();
        Set<LocalDate> days = new TreeSet<>();
        for (SavedTable table : tables) {
            wanted.add(table.name());
            if (table.parent() != null) {
                days.add(table.day());
            }
        }
        for (LocalDate day : days) {
            run("SELECT ensure_day_partitions('%s')".formatted(day));
        }
        // Not each table has each day: they expire one by one.
        names(DAYS).stream()
                .filter(name -> !wanted.contains(name))
                .forEach(name -> run("DROP TABLE " + SavedTable.quoted(name)));
        withTriggers.addAll(names(TRIGGERS));
        withTriggers.forEach(table -> run("ALTER TABLE %s DISABLE TRIGGER USER".formatted(SavedTable.quoted(table))));
        for (SavedTable table : tables.reversed()) {
            if (table.parent() == null) {
                run("DELETE FROM " + SavedTable.quoted(table.name()));
            }
        }
    }

    /** Loads the rows of a table; returns how many they are. */
    public long load(SavedTable table, InputStream rows) throws IOException {
        try {
            return new CopyManager(connection.unwrap(BaseConnection.class))
                    .copyIn(table.copy("FROM STDIN"), rows, COPY_BUFFER);
        } catch (SQLException e) {
            throw new BackupException("table %s cannot be loaded: %s".formatted(table.name(), e.getMessage()), e);
        }
    }

    /** How many rows a table has now. */
    public long count(SavedTable table) {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + SavedTable.quoted(table.name()))) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new BackupException("table %s cannot be counted: %s".formatted(table.name(), e.getMessage()), e);
        }
    }

    /** What the ledger says now. */
    public LedgerSums ledger() {
        try {
            return LedgerSums.read(connection);
        } catch (SQLException e) {
            throw new BackupException("the ledger cannot be read: " + e.getMessage(), e);
        }
    }

    /** Which records of a topic were processed, by the ledger that was loaded. */
    public TopicProgress progress(UUID topicId) {
        try {
            return TopicProgress.read(connection, topicId);
        } catch (SQLException e) {
            throw new BackupException("the ledger cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Accounts for the records of a topic that are put on a new one.
     *
     * @param ends behind the last of each partition
     * @return how many of them had not been processed
     */
    public long account(String topic, UUID topicId, Map<Integer, Long> ends) {
        return new MovedRecords(dataSource).account(topic, topicId, ends);
    }

    /** Has new rows numbered behind those that were loaded. */
    public void numberOn(List<SequenceValue> sequences) {
        try (PreparedStatement set = connection.prepareStatement("SELECT setval(to_regclass(?), ?)")) {
            for (SequenceValue sequence : sequences) {
                set.setString(1, SavedTable.quoted(sequence.name()));
                set.setLong(2, sequence.lastValue());
                set.execute();
            }
        } catch (SQLException e) {
            throw new BackupException("a sequence cannot be set: " + e.getMessage(), e);
        }
    }

    /**
     * Ends the restore: gateways are to be told of all projects, and what migrations came since is applied.
     *
     * @param knownToGateways whether topics may hold later states of the projects, which are to be forgotten, and projects that the
     *     backup does not have: their ids are not given again
     */
    public void complete(boolean knownToGateways) {
        if (knownToGateways) {
            run("UPDATE projects SET revision = revision + 1000000");
            run(
                    "SELECT setval(pg_get_serial_sequence('projects', 'id'), (SELECT coalesce(max(id), 0) + 1000 FROM projects))");
            // What is counted again is known by these for a week from now.
            run("UPDATE outcome_records SET at = now()");
        }
        run("INSERT INTO project_outbox (project_id) SELECT id FROM projects ORDER BY id");
        withTriggers.forEach(table -> run("ALTER TABLE %s ENABLE TRIGGER USER".formatted(SavedTable.quoted(table))));
        run("ANALYZE");
        run("SET synchronous_commit = on");
        run("ALTER TABLE %s RENAME TO %s".formatted(SchemaMigration.UNFINISHED, SchemaMigration.HISTORY));
        new SchemaMigration(dataSource).migrate();
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new BackupException("the database's connection cannot be closed: " + e.getMessage(), e);
        }
    }

    private List<String> names(String sql) {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        } catch (SQLException e) {
            throw new BackupException("the tables cannot be listed: " + e.getMessage(), e);
        }
    }

    private void run(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new BackupException("%s: %s".formatted(sql, e.getMessage()), e);
        }
    }
}
