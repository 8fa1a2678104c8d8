package dev.resentry.storage.database;

import dev.resentry.model.release.ReleaseOrder;
import dev.resentry.model.release.ReleaseVersion;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;

/** The migration behind the one that makes releases: gives those that are there what orders their versions, which SQL cannot make. */
final class ReleaseSortKeys implements JavaMigration {
    private static final String UPDATE = """
            UPDATE releases r SET sort_key = given.sort_key
            FROM unnest(?, ?) AS given(id, sort_key)
            WHERE r.id = given.id
            """;

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("23.1");
    }

    @Override
    public String getDescription() {
        return "release sort keys";
    }

    @Override
    public @Nullable Integer getChecksum() {
        return null;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }

    @Override
    public void migrate(Context context) throws SQLException {
        Connection connection = context.getConnection();
        List<Long> ids = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT id, version FROM releases");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                String key = ReleaseOrder.sortKey(ReleaseVersion.parse(row.getString(2)));
                if (!key.isEmpty()) {
                    ids.add(row.getLong(1));
                    keys.add(key);
                }
            }
        }
        Array changed = connection.createArrayOf("int8", ids.toArray(Long[]::new));
        try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
            update.setArray(1, changed);
            update.setArray(2, connection.createArrayOf("text", keys.toArray(String[]::new)));
            update.executeUpdate();
        }
    }
}
