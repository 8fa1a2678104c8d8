package dev.resentry.storage.project;

import dev.resentry.model.project.ProjectConfig;
import dev.resentry.model.project.ProjectId;
import dev.resentry.storage.lease.Leases;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The changes of projects that gateways have not been told yet. Any number of processes may empty it; one at a time does, as
 * two could publish two states of one project in the wrong order, and the older would stay on the compacted topic.
 *
 * <p>A turn is a lease and no transaction, which would stay open for as long as Kafka takes. Publishing is bounded by less than
 * the lease, so whoever has the next turn publishes what it reads after everything of the one before. The turn of a process
 * that died ends with its lease.
 */
public final class ProjectOutbox {
    private static final int BATCH = 100;
    private static final Duration LEASE = Publisher.WITHIN.plusSeconds(10);

    private static final String TURN = "project_outbox";

    private final JdbcClient jdbc;
    private final ProjectStore projects;
    private final TransactionTemplate transaction;
    private final Leases leases;

    ProjectOutbox(JdbcClient jdbc, ProjectStore projects, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.projects = projects;
        this.transaction = transaction;
        this.leases = new Leases(jdbc);
    }

    /** Tells gateways of projects. */
    public interface Publisher {
        /** How long {@link #publish} may take. */
        Duration WITHIN = Duration.ofSeconds(20);

        /**
         * Publishes what each project is now, or that it is no more, and returns once all of it is kept. Ends within
         * {@link #WITHIN}, and publishes nothing any more after that.
         *
         * @throws RuntimeException if something is not known to be kept
         */
        void publish(Map<ProjectId, Optional<ProjectConfig>> projects);
    }

    private record Row(long id, long projectId) {}

    /** What one turn publishes: the states of the projects in these rows, read after the rows. */
    private record Batch(List<Long> rows, Map<ProjectId, Optional<ProjectConfig>> states) {
        static final Batch NONE = new Batch(List.of(), Map.of());
    }

    /** How many changes gateways have not been told yet. Reads the whole outbox, which is nearly always empty. */
    public long depth() {
        return jdbc.sql("SELECT count(*) FROM project_outbox").query(Long.class).single();
    }

    /**
     * Publishes some of the changes and takes them off the outbox once they are kept. A crash in between publishes them again,
     * which changes nothing: what is published is the project's state, with its revision.
     *
     * @return how many changes were taken off; 0 also if another process is at it
     */
    public int drain(Publisher publisher) {
        // One for each turn: it must give back no other than its own.
        String owner = UUID.randomUUID().toString();
        Batch batch = transaction.execute(_ -> take(owner));
        if (batch.rows().isEmpty()) {
            return 0;
        }
        try {
            publisher.publish(batch.states());
        } catch (RuntimeException e) {
            leases.giveBack(TURN, owner);
            throw e;
        }
        return transaction.execute(_ -> {
            leases.giveBack(TURN, owner);
            return jdbc.sql("DELETE FROM project_outbox WHERE id = ANY (:ids)")
                    .param("ids", batch.rows().toArray(Long[]::new))
                    .update();
        });
    }

    private Batch take(String owner) {
        if (rows().isEmpty() || !leases.take(TURN, owner, LEASE)) {
            return Batch.NONE;
        }
        // Only now: whoever had the turn before may just have taken the same rows off.
        List<Row> rows = rows();
        if (rows.isEmpty()) {
            leases.giveBack(TURN, owner);
            return Batch.NONE;
        }
        Map<ProjectId, Optional<ProjectConfig>> states = new LinkedHashMap<>();
        for (Row row : rows) {
            states.computeIfAbsent(
                    new ProjectId(row.projectId()),
                    id -> projects.find(id.value()).map(Project::asConfig));
        }
        return new Batch(rows.stream().map(Row::id).toList(), states);
    }

    private List<Row> rows() {
        return jdbc.sql("SELECT id, project_id FROM project_outbox ORDER BY id LIMIT :limit")
                .param("limit", BATCH)
                .query((row, _) -> new Row(row.getLong(1), row.getLong(2)))
                .list();
    }
}
