package dev.resentry.storage.project;

import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchContext.Exclusion;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.LockOrder;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/** Leaves out the envelopes of deleted projects. The others' projects are not deleted until the batch is stored. */
public final class LivingProjects implements BatchStep {
    private static final String SQL = """
            SELECT id FROM projects WHERE id = ANY (?) AND status <> 'deleting' ORDER BY id FOR SHARE
            """;

    @Override
    public LockOrder lockOrder() {
        return LockOrder.PROJECTS;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        Long[] wanted = batch.remaining().stream()
                .map(record -> record.envelope().raw().receipt().projectId().value())
                .distinct()
                .toArray(Long[]::new);
        try (PreparedStatement select = batch.connection().prepareStatement(SQL)) {
            select.setArray(1, batch.connection().createArrayOf("int8", wanted));
            Set<Long> living = new HashSet<>();
            try (ResultSet ids = select.executeQuery()) {
                while (ids.next()) {
                    living.add(ids.getLong(1));
                }
            }
            batch.retain(
                    record -> living.contains(
                            record.envelope().raw().receipt().projectId().value()),
                    Exclusion.PROJECT_DELETED);
        }
    }
}
