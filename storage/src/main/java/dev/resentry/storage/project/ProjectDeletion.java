package dev.resentry.storage.project;

import dev.resentry.model.json.UntrustedJson;
import dev.resentry.storage.deletion.DeletionReport;
import dev.resentry.storage.deletion.RemovedRows;
import dev.resentry.storage.job.Job;
import dev.resentry.storage.job.JobHandler;
import dev.resentry.storage.job.JobProgress;
import dev.resentry.storage.job.JobStep;
import dev.resentry.storage.job.JobStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Deletes projects: each by a job, which removes the data of a project a bounded number of rows at a time, so that it delays
 * nobody, and then the project.
 */
public final class ProjectDeletion implements JobHandler {
    static final String KIND = "project-deletion";

    /** An envelope can have a body of megabytes, so this many of them are still a matter of seconds. */
    private static final int ROWS = 1_000;

    private static final Duration UNTIL_GATEWAYS_ARE_TOLD = Duration.ofSeconds(1);

    /** Whether gateways were told. They are told first, so that they refuse what would not be kept. */
    private static final String TOLD = """
            SELECT NOT EXISTS (SELECT FROM project_outbox o WHERE o.project_id = p.id)
            FROM projects p
            WHERE p.id = :project AND p.status = 'deleting'
            FOR UPDATE OF p
            """;

    /** Items have no index by project; those of an envelope have its key. */
    private static final String ENVELOPES_WITH_ITEMS = """
            WITH gone AS (
                DELETE FROM envelopes WHERE (received_at, id) IN (
                    SELECT received_at, id FROM envelopes WHERE project_id = :project LIMIT :rows)
                RETURNING received_at, id),
            items AS (
                DELETE FROM envelope_items i USING gone
                WHERE i.received_at = gone.received_at AND i.envelope_id = gone.id
                RETURNING 1)
            SELECT 'envelopes', count(*), max(received_at) FROM gone
            UNION ALL
            SELECT 'envelope_items', count(*), NULL FROM items
            """;

    /** They are found by the environment of their monitor. */
    private static final String CHECK_INS = """
            WITH gone AS (
                DELETE FROM check_ins WHERE (environment_id, id) IN (
                    SELECT c.environment_id, c.id
                    FROM monitors m
                    JOIN monitor_environments e ON e.monitor_id = m.id
                    JOIN check_ins c ON c.environment_id = e.id
                    WHERE m.project_id = :project LIMIT :rows)
                RETURNING 1)
            SELECT 'check_ins', count(*), NULL::timestamptz FROM gone
            """;

    /** Each removes at most so many rows, and says of which table how many, and when the newest envelope arrived. */
    static final List<String> STATEMENTS = List.of(
            deleteFrom("events", "received_at, project_id, event_id"),
            deleteFrom("transactions", "received_at, project_id, event_id"),
            // Their blobs go with the next sweep, unless others have the same.
            deleteFrom("attachments", "received_at, envelope_id, position"),
            deleteFrom("spans", "received_at, envelope_id, position, index"),
            deleteFrom("logs", "received_at, envelope_id, position, index"),
            deleteFrom("feedback", "received_at, project_id, feedback_id"),
            deleteFrom("feedback_states", "project_id, feedback_id"),
            ENVELOPES_WITH_ITEMS,
            deleteFrom("dead_letters", "id"),
            deleteFrom("event_identities", "project_id, event_id"),
            deleteFrom("envelope_totals", "project_id, hour, fate, reason"),
            deleteFrom("outcome_totals", "project_id, hour, category, outcome, reason, source"),
            deleteFrom("issue_days", "issue_id, day"),
            deleteFrom("issue_hours", "issue_id, hour, environment, level"),
            ofIssues("issue_users", "issue_id"),
            ofIssues("issue_tags", "issue_id, key, value"),
            ofIssues("issue_tag_keys", "issue_id, key"),
            deleteFrom("issue_releases", "issue_id, release, environment"),
            deleteFrom("deployments", "id"),
            // Their commits and refs go with them.
            deleteFrom("releases", "id"),
            deleteFrom("missing_source_maps", "project_id, debug_id, release"),
            deleteFrom("artifact_uploads", "id"),
            deleteFrom("artifact_files", "id"),
            deleteFrom("artifact_bundles", "id"),
            deleteFrom("project_minutes", "project_id, minute, level, environment"),
            deleteFrom("project_hours", "project_id, hour, level, environment"),
            deleteFrom("release_hours", "project_id, release, hour, environment"),
            deleteFrom("session_minutes", "project_id, release, environment, minute"),
            deleteFrom("session_hours", "project_id, release, environment, hour"),
            deleteFrom("session_users", "project_id, release, environment, hour, kind"),
            deleteFrom("errored_sessions", "project_id, session"),
            deleteFrom("replay_touched", "job_id, issue_id"),
            deleteFrom("transaction_minutes", "project_id, minute, name, op, http_method, environment"),
            deleteFrom("transaction_hours", "project_id, hour, name, op, http_method, environment"),
            deleteFrom("replay_touched_projects", "job_id, project_id"),
            deleteFrom("deleted_persons", "project_id, identifier_hash"),
            deleteFrom("pending_recounts", "ctid"),
            deleteFrom("deliveries", "id"),
            deleteFrom("alert_firings", "id"),
            ofChecks("uptime_results", "check_id, at"),
            ofChecks("uptime_hours", "check_id, hour"),
            deleteFrom("uptime_checks", "id"),
            CHECK_INS,
            // Their environments go with them.
            deleteFrom("monitors", "id"),
            deleteFrom("issue_activities", "id"),
            deleteFrom("issue_tickets", "id"),
            deleteFrom("spikes", "id"),
            deleteFrom("deleted_issues", "issue_id"),
            deleteFrom("merged_issues", "issue_id"),
            deleteFrom("issue_moves", "id"),
            deleteFrom("imported_issues", "source, foreign_id"),
            ofRegroups("regrouped_events", "regroup_id, received_at, event_id"),
            ofRegroups("regroup_groups", "regroup_id, issue_id, strategy, hash, new_hash"),
            ofRegroups("repaired_issues", "regroup_id, issue_id"),
            deleteFrom("regroups", "id"),
            deleteFrom("issue_hashes", "project_id, strategy, hash"),
            deleteFrom("issues", "id"));

    private final JdbcClient jdbc;
    private final ProjectStore projects;
    private final JobStore jobs;
    private final DeletionReport report;
    private final TransactionTemplate transaction;

    ProjectDeletion(
            JdbcClient jdbc,
            ProjectStore projects,
            JobStore jobs,
            DeletionReport report,
            TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.projects = projects;
        this.jobs = jobs;
        this.report = report;
        this.transaction = transaction;
    }

    /** A project that is being deleted, and the job that does it. */
    public record Started(Project project, long jobId) {}

    /**
     * Stops a project for good and has its data removed; empty if there is no such project. One that is being deleted already
     * keeps its job, unless that failed: then it gets a new one.
     *
     * @param by who asks for it
     */
    public Optional<Started> start(long projectId, String by) {
        return transaction.execute(_ -> projects.change(projectId, old -> old.withStatus(ProjectStatus.DELETING))
                .map(project -> new Started(
                        project,
                        jobs.findOpen(KIND, parameters(projectId))
                                .orElseGet(() -> jobs.enqueue(KIND, parameters(projectId), by)))));
    }

    /** Starts every deletion again that has no job: of an older release, or one whose job failed. */
    public void resume() {
        jdbc.sql("SELECT id FROM projects WHERE status = 'deleting' ORDER BY id")
                .query(Long.class)
                .list()
                .forEach(id -> start(id, "system"));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public JobStep step(Job job) {
        long project = UntrustedJson.STORED
                .tree(job.parametersJson())
                .path("project_id")
                .longValue();
        long before = job.progress().done();
        return transaction.execute(_ -> {
            Optional<Boolean> told = jdbc.sql(TOLD)
                    .param("project", project)
                    .query(Boolean.class)
                    .optional();
            if (told.isEmpty()) {
                return new JobStep.Finished(report.of(job.id()).toString());
            }
            if (!told.get()) {
                return new JobStep.Waiting(UNTIL_GATEWAYS_ARE_TOLD);
            }
            for (String statement : STATEMENTS) {
                List<RemovedRows> removed = jdbc.sql(statement)
                        .param("project", project)
                        .param("rows", ROWS)
                        .query((row, _) -> removed(row))
                        .list();
                long count = removed.stream().mapToLong(RemovedRows::count).sum();
                if (count > 0) {
                    report.add(job.id(), removed);
                    return new JobStep.Advanced(new JobProgress(before + count, null));
                }
            }
            jdbc.sql("DELETE FROM projects WHERE id = :project")
                    .param("project", project)
                    .update();
            jdbc.sql("INSERT INTO deleted_projects VALUES (:project, now()) ON CONFLICT DO NOTHING")
                    .param("project", project)
                    .update();
            jdbc.sql("INSERT INTO project_outbox (project_id) VALUES (:project)")
                    .param("project", project)
                    .update();
            return new JobStep.Finished(report.of(job.id()).toString());
        });
    }

    private static RemovedRows removed(ResultSet row) throws SQLException {
        OffsetDateTime newest = row.getObject(3, OffsetDateTime.class);
        return new RemovedRows(row.getString(1), row.getLong(2), newest == null ? null : newest.toInstant());
    }

    private static String parameters(long projectId) {
        return "{\"project_id\": %d}".formatted(projectId);
    }

    /** What is below regroups is too much to go with them at once. */
    private static String ofRegroups(String table, String key) {
        return deleteOf(table, key, "regroup_id", "regroups");
    }

    /** Rows that every batch adds to have no index by project. */
    private static String ofIssues(String table, String key) {
        return """
                WITH gone AS (
                    DELETE FROM %1$s WHERE (%2$s) IN (
                        SELECT %2$s FROM issues i
                        CROSS JOIN LATERAL (SELECT %2$s FROM %1$s WHERE issue_id = i.id OFFSET 0) AS of_issue
                        WHERE i.project_id = :project LIMIT :rows)
                    RETURNING 1)
                SELECT '%1$s', count(*), NULL::timestamptz FROM gone
                """.formatted(table, key);
    }

    private static String ofChecks(String table, String key) {
        return deleteOf(table, key, "check_id", "uptime_checks");
    }

    private static String deleteOf(String table, String key, String owner, String owners) {
        return """
                WITH gone AS (
                    DELETE FROM %1$s WHERE (%2$s) IN (
                        SELECT %2$s FROM %1$s WHERE %3$s IN (SELECT id FROM %4$s WHERE project_id = :project) LIMIT :rows)
                    RETURNING 1)
                SELECT '%1$s', count(*), NULL::timestamptz FROM gone
                """.formatted(table, key, owner, owners);
    }

    private static String deleteFrom(String table, String key) {
        return """
                WITH gone AS (
                    DELETE FROM %1$s WHERE (%2$s) IN (SELECT %2$s FROM %1$s WHERE project_id = :project LIMIT :rows)
                    RETURNING 1)
                SELECT '%1$s', count(*), NULL::timestamptz FROM gone
                """.formatted(table, key);
    }
}
