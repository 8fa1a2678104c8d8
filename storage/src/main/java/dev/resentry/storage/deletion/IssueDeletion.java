package dev.resentry.storage.deletion;

import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.model.wire.ProcessedRecord.IssueActivity;
import dev.resentry.storage.issue.Author;
import dev.resentry.storage.issue.IssueNews;
import dev.resentry.storage.issue.IssueRemoval;
import dev.resentry.storage.job.Job;
import dev.resentry.storage.job.JobHandler;
import dev.resentry.storage.job.JobProgress;
import dev.resentry.storage.job.JobStep;
import dev.resentry.storage.job.JobStore;
import dev.resentry.storage.outbox.DataChanges;
import dev.resentry.storage.rollup.RollupRebuild;
import java.sql.Array;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Deletes issues: they and their hashes at once, so that what happens from then on makes a new issue; their events, what was
 * counted of them and their attachments by a job, and what was counted of the project is counted again. Identities of the events stay, marked, so
 * that neither a retry nor a replay brings them back. Envelopes stay as they came.
 *
 * <p>Progress is in events.
 */
public final class IssueDeletion implements JobHandler {
    static final String KIND = "issue-deletion";

    private static final int EVENTS = 1_000;
    private static final InstantSource CLOCK = InstantSource.system();

    private static final String DELETE =
            "DELETE FROM issues WHERE id = ANY (:ids) AND project_id = :project RETURNING event_count, "
                    + IssueNews.COLUMNS;

    private static final String NOTE = """
            INSERT INTO deleted_issues (issue_id, project_id, job_id)
            SELECT id, :project, :job FROM unnest(:ids::bigint[]) AS gone(id)
            """;

    private static final String NEXT = """
            SELECT issue_id FROM deleted_issues WHERE job_id = :job ORDER BY issue_id LIMIT 1
            """;

    private static final String REMOVE_EVENTS = """
            WITH chosen AS (
                SELECT received_at, project_id, event_id FROM events WHERE issue_id = :issue LIMIT :rows),
            gone AS (
                DELETE FROM events e USING chosen s
                WHERE e.received_at = s.received_at AND e.project_id = s.project_id AND e.event_id = s.event_id
                RETURNING e.received_at, e.project_id, e.event_id, (e.occurred_at AT TIME ZONE 'UTC')::date AS day),
            marked AS (
                UPDATE event_identities i SET deleted = true FROM gone g
                WHERE i.project_id = g.project_id AND i.event_id = g.event_id),
            files AS (
                DELETE FROM attachments
                WHERE event_id = ANY (ARRAY(SELECT event_id FROM gone)) AND project_id = (SELECT min(project_id) FROM gone)
                RETURNING 1),
            recounts AS (
                INSERT INTO pending_recounts (job_id, project_id, issue_id, day)
                SELECT DISTINCT :job, project_id, NULL::bigint, day FROM gone
                ON CONFLICT DO NOTHING)
            SELECT 'events', (SELECT count(*) FROM gone), (SELECT min(project_id) FROM gone),
                   (SELECT array_agg((extract(epoch FROM received_at) * 1000000)::bigint) FROM gone)
            UNION ALL
            SELECT 'attachments', (SELECT count(*) FROM files), NULL, NULL
            """;

    private final JdbcTemplate template;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final JobStore jobs;
    private final DeletionReport report;
    private final PendingRecounts recounts;

    public IssueDeletion(
            DataSource dataSource, PlatformTransactionManager transactions, JobStore jobs, DeletionReport report) {
        this.template = new JdbcTemplate(dataSource);
        this.jdbc = JdbcClient.create(template);
        this.transaction = new TransactionTemplate(transactions);
        this.jobs = jobs;
        this.report = report;
        this.recounts = new PendingRecounts(jdbc, transaction, new RollupRebuild(dataSource, transactions));
    }

    /**
     * Issues that are gone.
     *
     * @param jobId what removes their events
     */
    public record Started(int issues, long jobId) {}

    /** Deletes the issues of a project that are among these; empty if none is. */
    public Optional<Started> start(long projectId, Collection<Long> issues, Author by) {
        return transaction.execute(_ -> {
            // Batches under way may have found a hash whose issue they have not locked yet.
            IssueRemoval.holdProject(jdbc, projectId);
            record Gone(long events, IssueActivity news) {}
            List<Gone> gone = jdbc.sql(DELETE)
                    .param("ids", issues.toArray(Long[]::new))
                    .param("project", projectId)
                    .query((row, _) ->
                            new Gone(row.getLong("event_count"), IssueNews.of(row, IssueActivity.Kind.DELETED, by)))
                    .list();
            if (gone.isEmpty()) {
                return Optional.<Started>empty();
            }
            long job = jobs.enqueue(
                    KIND,
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("project_id", projectId)
                            .put("issues", gone.size())
                            .put("events", gone.stream().mapToLong(Gone::events).sum())
                            .toString(),
                    by.email());
            jdbc.sql(NOTE)
                    .param("project", projectId)
                    .param("job", job)
                    .param("ids", gone.stream().map(one -> one.news().issueId()).toArray(Long[]::new))
                    .update();
            IssueNews.tell(template, gone.stream().map(Gone::news).toList());
            return Optional.of(new Started(gone.size(), job));
        });
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public JobStep step(Job job) {
        Optional<Long> issue =
                jdbc.sql(NEXT).param("job", job.id()).query(Long.class).optional();
        if (issue.isPresent()) {
            return new JobStep.Advanced(new JobProgress(job.progress().done() + remove(job.id(), issue.get()), null));
        }
        return recounts.next(job.id()).isPresent()
                ? new JobStep.Advanced(job.progress())
                : new JobStep.Finished(report.of(job.id()).toString());
    }

    /** Removes some events of an issue, or what was counted of it once there are none left; how many events are gone. */
    private long remove(long jobId, long issue) {
        return transaction.execute(_ -> {
            List<RemovedRows> removed = jdbc.sql(REMOVE_EVENTS)
                    .param("issue", issue)
                    .param("job", jobId)
                    .param("rows", EVENTS)
                    .query((row, _) -> {
                        tell(row.getLong(3), row.getArray(4));
                        return new RemovedRows(row.getString(1), row.getLong(2), null);
                    })
                    .list();
            report.add(jobId, removed);
            long events = removed.getFirst().count();
            if (events == 0) {
                IssueRemoval.remove(jdbc, List.of(issue));
                jdbc.sql("DELETE FROM deleted_issues WHERE issue_id = :issue")
                        .param("issue", issue)
                        .update();
            }
            return events;
        });
    }

    private void tell(long project, @Nullable Array micros) throws SQLException {
        if (micros != null) {
            List<Instant> receivedAt = Arrays.stream((Long[]) micros.getArray())
                    .map(one -> Instant.EPOCH.plus(one, ChronoUnit.MICROS))
                    .toList();
            DataChanges.tell(jdbc, Cause.LIVE, project, receivedAt, CLOCK.instant());
        }
    }
}
