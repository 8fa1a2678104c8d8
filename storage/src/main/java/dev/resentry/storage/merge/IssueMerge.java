package dev.resentry.storage.merge;

import static java.util.stream.Collectors.toMap;

import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.model.wire.ProcessedRecord.IssueActivity;
import dev.resentry.storage.deletion.PendingRecounts;
import dev.resentry.storage.issue.Author;
import dev.resentry.storage.issue.IssueNews;
import dev.resentry.storage.issue.IssueRemoval;
import dev.resentry.storage.job.Job;
import dev.resentry.storage.job.JobHandler;
import dev.resentry.storage.job.JobProgress;
import dev.resentry.storage.job.JobStep;
import dev.resentry.storage.job.JobStore;
import dev.resentry.storage.merge.IssueHandOver.HandedOver;
import dev.resentry.storage.rollup.RollupRebuild;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes one issue of several, and takes hashes out of an issue into a new one. The hashes move at once, so that what happens from
 * then on is filed rightly; a job moves the events that are there and counts both issues again.
 *
 * <p>Progress is in events.
 */
public final class IssueMerge implements JobHandler {
    static final String KIND = "issue-merge";

    private static final String LOCK = """
            SELECT id FROM issues WHERE id = ANY (:ids) AND project_id = :project ORDER BY id FOR UPDATE
            """;

    private static final String NOTE = """
            INSERT INTO issue_activities (issue_id, project_id, at, actor_id, actor_name, kind, data)
            VALUES (:issue, :project, clock_timestamp(), :actor, :name, :kind, :data::jsonb)
            """;

    private static final String MOVE_ALL = """
            INSERT INTO issue_moves (job_id, project_id, from_issue, into_issue)
            SELECT :job, :project, id, :into FROM unnest(:ids::bigint[]) AS gone(id) ORDER BY id
            """;

    private static final String OWNED = """
            SELECT count(*) FILTER (WHERE encode(hash, 'hex') = ANY (:hashes)) AS chosen,
                   count(*) FILTER (WHERE encode(hash, 'hex') <> ALL (:hashes)
                                      AND EXISTS (SELECT FROM events e
                                                  WHERE e.issue_id = h.issue_id AND e.strategy = h.strategy AND e.hash = h.hash))
                       AS others
            FROM issue_hashes h WHERE issue_id = :issue
            """;

    /** The new issue is called as its latest event; without one as the issue that it comes from. */
    private static final String SPLIT = """
            INSERT INTO issues (project_id, title, culprit, level, platform, event_count, first_seen, last_seen, error_type,
                                is_unhandled, created_at)
            SELECT i.project_id, coalesce(e.title, i.title), CASE WHEN e.title IS NULL THEN i.culprit ELSE e.culprit END,
                   coalesce(e.level, i.level), CASE WHEN e.title IS NULL THEN i.platform ELSE e.platform END, 0,
                   coalesce(e.occurred_at, i.first_seen), coalesce(e.occurred_at, i.last_seen),
                   CASE WHEN e.title IS NULL THEN i.error_type ELSE e.error_type END, false, now()
            FROM issues i
            LEFT JOIN LATERAL (SELECT * FROM events e WHERE e.issue_id = i.id AND encode(e.hash, 'hex') = ANY (:hashes)
                               ORDER BY e.received_at DESC, e.event_id DESC LIMIT 1) AS e ON true
            WHERE i.id = :issue
            RETURNING\s""" + IssueNews.COLUMNS;

    private static final String MOVE_HASHES = """
            WITH chosen AS (
                UPDATE issue_hashes SET issue_id = :into WHERE issue_id = :issue AND encode(hash, 'hex') = ANY (:hashes)
                RETURNING strategy, hash)
            INSERT INTO issue_moves (job_id, project_id, from_issue, into_issue, strategy, hash)
            SELECT :job, :project, :issue, :into, strategy, hash FROM chosen ORDER BY strategy, hash
            """;

    private final JdbcTemplate template;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final JobStore jobs;
    private final EventMoves moves;
    private final PendingRecounts recounts;

    public IssueMerge(DataSource dataSource, PlatformTransactionManager transactions, JobStore jobs) {
        this.template = new JdbcTemplate(dataSource);
        this.jdbc = JdbcClient.create(template);
        this.transaction = new TransactionTemplate(transactions);
        this.jobs = jobs;
        this.moves = new EventMoves(template, transaction);
        this.recounts = new PendingRecounts(jdbc, transaction, new RollupRebuild(dataSource, transactions));
    }

    /**
     * An issue that others were merged into, or that was taken out of another.
     *
     * @param issues how many were merged into it; of one that was taken out 0
     * @param jobId what moves the events
     */
    public record Started(long issueId, int issues, long jobId) {}

    /** What became of a wish to take hashes out of an issue. */
    public sealed interface Unmerge {
        record Begun(Started started) implements Unmerge {}

        /** The issue is gone. */
        record NoIssue() implements Unmerge {}

        /** One of the hashes is not the issue's. */
        record UnknownHash() implements Unmerge {}

        /** No event of the issue would be left. */
        record NothingLeft() implements Unmerge {}
    }

    /** Merges issues of a project into one of it; empty if that one or all others are not there. */
    public Optional<Started> merge(long projectId, long into, Collection<Long> others, Author by) {
        return transaction.execute(_ -> {
            // Batches under way may have found a hash whose issue they have not locked yet.
            IssueRemoval.holdProject(jdbc, projectId);
            List<Long> there = lock(projectId, into, others);
            List<Long> gone = there.stream().filter(id -> id != into).toList();
            if (gone.isEmpty() || gone.size() == there.size()) {
                return Optional.<Started>empty();
            }
            HandedOver handedOver = IssueHandOver.run(
                    jdbc, gone.stream().collect(toMap(Function.identity(), _ -> into)), Cause.LIVE, by);
            ObjectNode data = JsonNodeFactory.instance.objectNode();
            handedOver
                    .gone()
                    .getOrDefault(into, List.of())
                    .forEach(one -> data.withArrayProperty("issues")
                            .addObject()
                            .put("id", one.id())
                            .put("title", one.title())
                            .put("events", one.events()));
            note(projectId, into, "merge", data, by);
            long job = enqueue(projectId, into, by);
            jdbc.sql(MOVE_ALL)
                    .param("job", job)
                    .param("project", projectId)
                    .param("into", into)
                    .param("ids", gone.toArray(Long[]::new))
                    .update();
            IssueNews.tell(template, handedOver.news());
            return Optional.of(new Started(into, gone.size(), job));
        });
    }

    /**
     * Takes hashes out of an issue, and makes a new one of them.
     *
     * @param hashes as hex digits; those of all strategies
     */
    public Unmerge unmerge(long projectId, long issue, Collection<String> hashes, Author by) {
        return transaction.execute(_ -> {
            IssueRemoval.holdProject(jdbc, projectId);
            if (lock(projectId, issue, List.of()).isEmpty()) {
                return new Unmerge.NoIssue();
            }
            String[] wanted = hashes.stream().distinct().toArray(String[]::new);
            record Owned(int chosen, int others) {}
            Owned owned = jdbc.sql(OWNED)
                    .param("issue", issue)
                    .param("hashes", wanted)
                    .query((row, _) -> new Owned(row.getInt("chosen"), row.getInt("others")))
                    .single();
            if (owned.chosen() < wanted.length) {
                return new Unmerge.UnknownHash();
            }
            if (owned.others() == 0) {
                return new Unmerge.NothingLeft();
            }
            IssueActivity made = jdbc.sql(SPLIT)
                    .param("issue", issue)
                    .param("hashes", wanted)
                    .query((row, _) -> IssueNews.of(row, IssueActivity.Kind.NEW, by))
                    .single();
            long job = enqueue(projectId, made.issueId(), by);
            jdbc.sql(MOVE_HASHES)
                    .param("job", job)
                    .param("project", projectId)
                    .param("issue", issue)
                    .param("into", made.issueId())
                    .param("hashes", wanted)
                    .update();
            note(projectId, issue, "unmerge", data(wanted).put("into", made.issueId()), by);
            note(projectId, made.issueId(), "unmerge", data(wanted).put("from", issue), by);
            return new Unmerge.Begun(new Started(made.issueId(), 0, job));
        });
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public JobStep step(Job job) {
        Optional<Long> moved = moves.next(job.id());
        if (moved.isPresent()) {
            return new JobStep.Advanced(new JobProgress(job.progress().done() + moved.get(), null));
        }
        return recounts.next(job.id()).isPresent() ? new JobStep.Advanced(job.progress()) : new JobStep.Finished("{}");
    }

    private List<Long> lock(long project, long issue, Collection<Long> others) {
        List<Long> ids = new ArrayList<>(others);
        ids.add(issue);
        return jdbc.sql(LOCK)
                .param("ids", ids.toArray(Long[]::new))
                .param("project", project)
                .query((row, _) -> row.getLong(1))
                .list();
    }

    private long enqueue(long project, long issue, Author by) {
        return jobs.enqueue(
                KIND,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("project_id", project)
                        .put("issue_id", issue)
                        .toString(),
                by.email());
    }

    private static ObjectNode data(String[] hashes) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        for (String hash : hashes) {
            data.withArrayProperty("hashes").add(hash);
        }
        return data;
    }

    private void note(long project, long issue, String kind, ObjectNode data, Author by) {
        jdbc.sql(NOTE)
                .param("issue", issue)
                .param("project", project)
                .param("actor", by.userId())
                .param("name", by.shownName())
                .param("kind", kind)
                .param("data", data.toString())
                .update();
    }
}
