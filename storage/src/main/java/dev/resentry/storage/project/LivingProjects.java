package dev.resentry.storage.project;

import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchContext.Exclusion;
import dev.resentry.storage.ingest.BatchRecord.Received;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.LockOrder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/** Leaves out the envelopes whose project is deleted or unknown. The others' projects are not deleted until the batch is stored. */
public final class LivingProjects implements BatchStep {
    private static final String LIVING = """
            SELECT id FROM projects WHERE id = ANY (?) AND status <> 'deleting' ORDER BY id FOR SHARE
            """;

    private static final String DELETED = """
            SELECT id FROM projects WHERE id = ANY (?) AND status = 'deleting'
            UNION SELECT id FROM deleted_projects WHERE id = ANY (?)
            """;

    @Override
    public LockOrder lockOrder() {
        return LockOrder.PROJECTS;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        Set<Long> wanted = new HashSet<>();
        batch.remaining().forEach(record -> wanted.add(project(record)));
        Set<Long> living = ids(batch.connection(), LIVING, wanted, 1);
        wanted.removeAll(living);
        if (wanted.isEmpty()) {
            return;
        }
        Set<Long> deleted = ids(batch.connection(), DELETED, wanted, 2);
        batch.retain(record -> !deleted.contains(project(record)), Exclusion.PROJECT_DELETED);
        batch.retain(record -> living.contains(project(record)), Exclusion.UNKNOWN_PROJECT);
    }

    private static long project(Received record) {
        return record.envelope().raw().receipt().projectId().value();
    }

    private static Set<Long> ids(Connection connection, String sql, Set<Long> wanted, int parameters)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 1; i <= parameters; i++) {
                select.setArray(i, connection.createArrayOf("int8", wanted.toArray(Long[]::new)));
            }
            Set<Long> ids = new HashSet<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                }
            }
            return ids;
        }
    }
}
