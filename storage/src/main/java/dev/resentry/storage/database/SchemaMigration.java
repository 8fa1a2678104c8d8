package dev.resentry.storage.database;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.springframework.jdbc.core.JdbcTemplate;

/** Brings the schema up to date, or finds out that it is not. Any number of processes may migrate at once; one does. */
public final class SchemaMigration {
    /** The table of the migrations that were applied. */
    public static final String HISTORY = "flyway_schema_history";

    /** Its name while a backup is restored, so that nothing starts on half of one. */
    public static final String UNFINISHED = "unfinished_restore";

    private static final String FIND_UNFINISHED = "SELECT to_regclass('%s') IS NOT NULL".formatted(UNFINISHED);

    private final DataSource dataSource;
    private final Flyway flyway;

    public SchemaMigration(DataSource dataSource) {
        this(dataSource, MigrationVersion.LATEST);
    }

    private SchemaMigration(DataSource dataSource, MigrationVersion target) {
        this.dataSource = dataSource;
        this.flyway = Flyway.configure()
                .dataSource(dataSource)
                .table(HISTORY)
                .target(target)
                .locations("classpath:db/migration")
                .javaMigrations(new ReleaseSortKeys())
                // A newer release may have migrated already: old and new processes run side by side during an upgrade.
                .ignoreMigrationPatterns("*:future")
                .load();
    }

    /** Applies what a database is missing, over a connection of its own. */
    public static void migrate(DatabaseSettings settings) {
        try (HikariDataSource pool = DatabaseConfiguration.pool(settings)) {
            new SchemaMigration(pool).migrate();
        }
    }

    /** Goes no further than to a version: what a backup of that version is restored into. */
    public static SchemaMigration upTo(DataSource dataSource, String version) {
        return new SchemaMigration(dataSource, MigrationVersion.fromVersion(version));
    }

    /** The migrations that this build has, up to where it goes, the oldest first. */
    public List<String> versions() {
        MigrationVersion target = flyway.getConfiguration().getTarget();
        return Arrays.stream(flyway.info().all())
                .filter(migration -> migration.getState().isResolved())
                .map(MigrationInfo::getVersion)
                .filter(version -> version != null && version.compareTo(target) <= 0)
                .map(MigrationVersion::getVersion)
                .toList();
    }

    /** The migrations that this build has and the database lacks. */
    public List<String> pending() {
        return Arrays.stream(flyway.info().pending())
                .map(MigrationInfo::getVersion)
                .filter(Objects::nonNull)
                .map(MigrationVersion::getVersion)
                .toList();
    }

    /**
     * Applies what is missing.
     *
     * @throws UnfinishedRestoreException if the database holds a part of a backup
     */
    public void migrate() {
        requireWhole();
        flyway.migrate();
    }

    /** The same for a database into which a backup is about to be restored: nothing starts on it from the first moment. */
    public void migrateUnfinished() {
        Flyway.configure()
                .configuration(flyway.getConfiguration())
                .table(UNFINISHED)
                .load()
                .migrate();
    }

    private void requireWhole() {
        if (Boolean.TRUE.equals(new JdbcTemplate(dataSource).queryForObject(FIND_UNFINISHED, Boolean.class))) {
            throw new UnfinishedRestoreException();
        }
    }

    /**
     * Refuses a schema that lacks a migration.
     *
     * @throws IllegalStateException naming the first missing migration and the command that applies it
     */
    public void requireCurrent() {
        requireWhole();
        MigrationInfo[] pending = flyway.info().pending();
        if (pending.length > 0) {
            throw new IllegalStateException(
                    "The database schema lacks migration %s (%d missing). Apply it with: java -jar query-api.jar migrate"
                            .formatted(pending[0].getVersion(), pending.length));
        }
    }
}
