package dev.resentry.storage.project;

import dev.resentry.model.project.ProjectConfig;
import dev.resentry.model.project.ProjectId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The changes of projects that gateways have not been told yet. Any number of processes may empty it; one at a time does, as
 * two could publish two states of one project in the wrong order, and the older would stay on the compacted topic.
 */
public final class ProjectOutbox {
    private static final int BATCH = 100;

    /** Given back with the end of the transaction, however it ends. */
    private static final String TAKE_TURN = "SELECT pg_try_advisory_xact_lock(hashtext('resentry.project_outbox'))";

    private final JdbcClient jdbc;
    private final ProjectStore projects;
    private final TransactionTemplate transaction;

    ProjectOutbox(JdbcClient jdbc, ProjectStore projects, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.projects = projects;
        this.transaction = transaction;
    }

    /** Tells gateways of projects. */
    public interface Publisher {
        /**
         * Publishes what each project is now, or that it is no more, and returns once all of it is kept.
         *
         * @throws RuntimeException if something is not known to be kept
         */
        void publish(Map<ProjectId, Optional<ProjectConfig>> projects);
    }

    /**
     * Publishes some of the changes and takes them off the outbox once they are kept. A crash in between publishes them again,
     * which changes nothing: what is published is the project's state, with its revision.
     *
     * @return how many changes were taken off; 0 also if another process is at it
     */
    public int drain(Publisher publisher) {
        return transaction.execute(_ -> {
            record Row(long id, long projectId) {}
            if (!jdbc.sql(TAKE_TURN).query(Boolean.class).single()) {
                return 0;
            }
            List<Row> rows = jdbc.sql(
                            "SELECT id, project_id FROM project_outbox ORDER BY id LIMIT :limit FOR UPDATE SKIP LOCKED")
                    .param("limit", BATCH)
                    .query((row, _) -> new Row(row.getLong(1), row.getLong(2)))
                    .list();
            if (rows.isEmpty()) {
                return 0;
            }
            Map<ProjectId, Optional<ProjectConfig>> states = new LinkedHashMap<>();
            for (Row row : rows) {
                states.computeIfAbsent(
                        new ProjectId(row.projectId()),
                        id -> projects.find(id.value()).map(Project::asConfig));
            }
            publisher.publish(states);
            List<Long> ids = new ArrayList<>();
            rows.forEach(row -> ids.add(row.id()));
            return jdbc.sql("DELETE FROM project_outbox WHERE id = ANY (:ids)")
                    .param("ids", ids.toArray(Long[]::new))
                    .update();
        });
    }
}
