package dev.resentry.storage.database;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;

/** Brings the schema up to date, or finds out that it is not. Any number of processes may migrate at once; one does. */
public final class SchemaMigration {
    private final Flyway flyway;

    public SchemaMigration(DataSource dataSource) {
        this.flyway = Flyway.configure()
                .dataSource(dataSource)
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

    /** Applies what is missing. */
    public void migrate() {
        flyway.migrate();
    }

    /**
     * Refuses a schema that lacks a migration.
     *
     * @throws IllegalStateException naming the first missing migration and the command that applies it
     */
    public void requireCurrent() {
        MigrationInfo[] pending = flyway.info().pending();
        if (pending.length > 0) {
            throw new IllegalStateException(
                    "The database schema lacks migration %s (%d missing). Apply it with: java -jar query-api.jar migrate"
                            .formatted(pending[0].getVersion(), pending.length));
        }
    }
}
