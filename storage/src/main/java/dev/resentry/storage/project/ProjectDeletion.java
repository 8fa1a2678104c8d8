package dev.resentry.storage.project;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Removes the data of deleted projects, a bounded number of rows at a time, so that it delays nobody. What is cut off goes on
 * at the next call; several processes may call at once, one works on a project.
 */
public final class ProjectDeletion {
    /** An envelope can have a body of megabytes, so this many of them are still a matter of seconds. */
    private static final int ROWS = 1_000;

    /** Gateways are told first, so that they refuse what would not be kept. */
    private static final String NEXT_PROJECT = """
            SELECT id FROM projects p
            WHERE status = 'deleting' AND NOT EXISTS (SELECT FROM project_outbox o WHERE o.project_id = p.id)
            ORDER BY id
            LIMIT 1
            FOR UPDATE SKIP LOCKED
            """;

    private static final String ENVELOPES_WITH_ITEMS = """
            WITH gone AS (
                DELETE FROM envelopes WHERE (received_at, id) IN (
                    SELECT received_at, id FROM envelopes WHERE project_id = :project LIMIT :rows)
                RETURNING received_at, id),
            items AS (
                DELETE FROM envelope_items i USING gone
                WHERE i.received_at = gone.received_at AND i.envelope_id = gone.id)
            SELECT count(*) FROM gone
            """;

    private static final List<String> STATEMENTS = List.of(
            deleteFrom("events", "received_at, project_id, event_id"),
            ENVELOPES_WITH_ITEMS,
            deleteFrom("event_identities", "project_id, event_id"),
            deleteFrom("issue_hashes", "project_id, strategy, hash"),
            deleteFrom("issues", "id"));

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    ProjectDeletion(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /**
     * Removes some rows of one deleted project, or the project itself once it has none.
     *
     * @return false if there is nothing to do
     */
    public boolean removeSome() {
        return transaction.execute(_ -> {
            Optional<Long> project = jdbc.sql(NEXT_PROJECT).query(Long.class).optional();
            if (project.isEmpty()) {
                return false;
            }
            for (String statement : STATEMENTS) {
                long removed = jdbc.sql(statement)
                        .param("project", project.get())
                        .param("rows", ROWS)
                        .query(Long.class)
                        .single();
                if (removed > 0) {
                    return true;
                }
            }
            jdbc.sql("DELETE FROM projects WHERE id = :project")
                    .param("project", project.get())
                    .update();
            jdbc.sql("INSERT INTO project_outbox (project_id) VALUES (:project)")
                    .param("project", project.get())
                    .update();
            return true;
        });
    }

    private static String deleteFrom(String table, String key) {
        return """
                WITH gone AS (
                    DELETE FROM %1$s WHERE (%2$s) IN (SELECT %2$s FROM %1$s WHERE project_id = :project LIMIT :rows)
                    RETURNING 1)
                SELECT count(*) FROM gone
                """.formatted(table, key);
    }
}
